import type { SetupView } from "../../preload/model/setup.ts";

/** Why the PFX password cannot be handed over now, null when it can; texts are `step.attributes.<reason>`. */
export type AbsentPassword = "noPassword" | "passwordElsewhere" | "unreadable";

/** A PFX that was saved has a password, even when this computer doesn't have it. */
export function absentPassword({ password, certificate }: SetupView): AbsentPassword | null {
  if (password.state === "unreadable") return "unreadable";
  if (password.state !== "none") return null;
  return certificate?.pfx ? "passwordElsewhere" : "noPassword";
}
