import { useState } from "react";
import type { BatchChoices, BatchView, PasswordPlace } from "../../preload/model/bulk.ts";
import type { KeySize, PfxProfile } from "../../preload/model/certificates.ts";
import type { CloudId } from "../../preload/model/guide.ts";
import { useDraft } from "../certificates/draft.ts";
import { calendarDate, validityOf } from "../certificates/validity.ts";
import { useInfo } from "../store/app.ts";

/** The draft of the validity, beside those of the setups. */
export const draftId = "bulk";

/** What is chosen on the screen before the batch begins. */
export interface Choices {
  keySize: KeySize;
  profile: PfxProfile;
  setups: boolean;
  cloud: CloudId;
  passwords: PasswordPlace;
  /** The user says that the list's password is kept elsewhere. */
  stored: boolean;
}

/** Why it cannot begin yet; texts are `bulk.start.<reason>`. */
export type StartReason = "rows" | "folder" | "holds-batch" | "validity" | "stored" | null;

export function useChoices() {
  const { vault, settings } = useInfo();
  const canVault = vault.kind === "ready";
  const [chosen, setChosen] = useState<Choices>({
    keySize: 3072,
    profile: "strong",
    setups: true,
    cloud: settings.cloud,
    passwords: "vault",
    stored: false,
  });
  const draft = useDraft(draftId);
  const [today] = useState(() => calendarDate(new Date()));
  // The vault keeps passwords with a setup, so without one there is nowhere to find them again.
  const passwords = canVault && chosen.setups ? chosen.passwords : "list";
  const choices: Choices = { ...chosen, passwords };
  const validity = validityOf(draft.preset, draft.lastDay, today);
  return {
    choices,
    canVault,
    draft,
    today,
    change: (change: Partial<Choices>) => setChosen((last) => ({ ...last, ...change })),
    reason: (batch: BatchView): StartReason => {
      if (batch.rows.some(({ problems }) => problems.length > 0)) return "rows";
      if ("problem" in validity) return "validity";
      if (choices.passwords === "list" && !choices.stored) return "stored";
      if (batch.folder === null) return "folder";
      return batch.folder.holdsBatch ? "holds-batch" : null;
    },
    /** As main takes them, or null while the validity is wrong. */
    complete: (): BatchChoices | null => {
      if ("problem" in validity) return null;
      const { stored: _stored, ...rest } = choices;
      return { ...rest, notBefore: validity.notBefore, notAfter: validity.notAfter };
    },
  };
}
