import type { KeySize, PfxProfile } from "../../preload/model/certificates.ts";
import { pageState } from "../store/page-state.ts";
import type { CertificateTab } from "./tabs.ts";
import { daysLater, fits, validityPresets } from "./validity.ts";
import type { ValidityPreset } from "./validity.ts";

/** What was chosen on the screen and is not yet a certificate. It survives going to another step, not a restart. */
export interface Draft {
  tab: CertificateTab | null;
  replacing: boolean;
  /** Null: what the setup suggests. */
  commonName: string | null;
  organization: string;
  moreNames: string;
  preset: ValidityPreset;
  lastDay: string;
  keySize: KeySize;
  /** Null: as the saved PFX, else AES-256. */
  profile: PfxProfile | null;
  requestPath: string | null;
}

const empty: Draft = {
  tab: null,
  replacing: false,
  commonName: null,
  organization: "",
  moreNames: "",
  preset: "1-year",
  lastDay: "",
  keySize: 3072,
  profile: null,
  requestPath: null,
};

const store = pageState<{ drafts: Record<string, Draft> }>(() => ({ drafts: {} }));

export function useDraft(setupId: string): Draft {
  return store((state) => state.drafts[setupId] ?? empty);
}

/** The draft with a validity that the tenant accepts, where a usual span is longer; a chosen day stays. */
export function withinLimit(draft: Draft, maxDays: number | null, today: string): Draft {
  if (maxDays === null || draft.preset === "date" || fits(draft.preset, maxDays)) return draft;
  const longest = validityPresets.findLast((preset) => preset !== "date" && fits(preset, maxDays));
  return longest === undefined
    ? { ...draft, preset: "date", lastDay: daysLater(today, Math.max(1, Math.floor(maxDays))) }
    : { ...draft, preset: longest };
}

export function changeDraft(setupId: string, change: Partial<Draft>): void {
  store.setState(({ drafts }) => ({
    drafts: { ...drafts, [setupId]: { ...(drafts[setupId] ?? empty), ...change } },
  }));
}
