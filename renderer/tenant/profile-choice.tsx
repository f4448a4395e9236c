import { useState } from "react";
import type { Profile } from "../../preload/model/tenant.ts";
import { profiles } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Segmented } from "../ui/index.ts";
import { setProfile } from "./intents.ts";

/** Whether all documented permissions are asked for, or only the one without which nothing works. */
export function ProfileChoice({ setupId, profile }: { setupId: string; profile: Profile }) {
  const t = useT();
  const [pending, setPending] = useState(false);

  async function choose(next: Profile): Promise<void> {
    if (next === profile) return;
    setPending(true);
    await setProfile(setupId, next);
    setPending(false);
  }

  return (
    <Segmented
      label={t("tenant.profile.label")}
      value={profile}
      onChange={(next) => void choose(next)}
      isDisabled={pending}
      options={profiles.map((id) => ({ id, label: t(`tenant.profile.${id}`) }))}
      help={t(`tenant.profile.${profile}Help`)}
    />
  );
}
