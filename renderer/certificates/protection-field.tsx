import type { PfxProfile } from "../../preload/model/certificates.ts";
import { pfxProfiles } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Segmented } from "../ui/index.ts";
import type { Draft } from "./draft.ts";
import { changeDraft } from "./draft.ts";

/** The protection of the next PFX: as chosen, else as the one saved before, else AES-256. */
export function profileOf(view: SetupView, draft: Draft): PfxProfile {
  const saved = view.certificate?.pfx?.profile;
  return draft.profile ?? (saved === "older-windows" ? saved : "strong");
}

/** How the PFX is protected, with who can read it then. */
export function ProtectionField({ view, draft }: { view: SetupView; draft: Draft }) {
  const t = useT();
  const profile = profileOf(view, draft);
  return (
    <Segmented
      label={t("certificate.protection.label")}
      value={profile}
      onChange={(id) => changeDraft(view.summary.id, { profile: id })}
      options={pfxProfiles.map((id) => ({ id, label: t(`certificate.protection.${id}`) }))}
      help={t(`certificate.protection.${profile}-help`)}
    />
  );
}
