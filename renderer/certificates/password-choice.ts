import { useState } from "react";
import type { ChosenPassword } from "../../preload/model/certificates.ts";
import type { Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { attempt, rollout } from "../store/api.ts";
import { useInfo } from "../store/app.ts";
import { acceptView } from "../store/setups.ts";
import { passwordProblem } from "./password-rules.ts";

export type PasswordMode = "generated" | "typed";

/** A PFX password that is being chosen. */
export interface PasswordChoice {
  mode: PasswordMode;
  text: string;
  keep: boolean;
  /** Whether it can be kept at all: without a keychain it lasts until the app is closed. */
  canKeep: boolean;
  setMode: (mode: PasswordMode) => void;
  setText: (text: string) => void;
  setKeep: (keep: boolean) => void;
  /** Whether it can be used as it stands. */
  usable: boolean;
  /** As main takes it together with the work that it is for. */
  chosen: ChosenPassword;
  /** Forgets the typed text here, once main has it. */
  clear: () => void;
  /** Makes it the setup's password by itself; afterwards the typed text is forgotten here. */
  apply: () => Promise<Result<SetupView>>;
}

/** Choosing the PFX password of a setup. The typed text lives only as long as the component. */
export function usePasswordChoice(setupId: string): PasswordChoice {
  const { settings, vault } = useInfo();
  const [mode, setMode] = useState<PasswordMode>("generated");
  const [text, setText] = useState("");
  const [wish, setWish] = useState(settings.keepPasswords);
  const canKeep = vault.kind === "ready";
  const keep = wish && canKeep;

  const clear = (): void => setText("");

  async function apply(): Promise<Result<SetupView>> {
    const { certificates } = rollout();
    const result = await attempt(
      mode === "generated"
        ? certificates.newPassword({ setupId, keep })
        : certificates.setPassword({ setupId, password: text, keep }),
    );
    if (result.ok) {
      clear();
      acceptView(result.value);
    }
    return result;
  }

  return {
    mode,
    text,
    keep,
    canKeep,
    setMode,
    setText,
    setKeep: setWish,
    chosen: mode === "generated" ? { kind: "generated", keep } : { kind: "typed", password: text, keep },
    clear,
    usable: mode === "generated" || passwordProblem(text) === null,
    apply,
  };
}

/** Whether main has a password for this setup that it can use now. */
export function hasPassword(view: SetupView): boolean {
  return view.password.state === "vault" || view.password.state === "session";
}
