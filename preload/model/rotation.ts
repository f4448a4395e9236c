import type { CertificateView } from "./certificates.ts";
import type { Reason } from "./setup.ts";

/** The exchange of a certificate that is in use, in its order; texts are `rotation.steps.<id>`. */
export const rotationStepIds = [
  "new-certificate",
  "beside-old",
  "dry-run",
  "exchange",
  "rollout",
  "remove-old",
] as const;
export type RotationStepId = (typeof rotationStepIds)[number];

export interface RotationStepView {
  id: RotationStepId;
  /** "blocked": another one comes first. "attention": it was done or tried, and something speaks against it. */
  state: "done" | "open" | "blocked" | "attention";
  /** How it is known to be done; null while it is not. */
  basis: "verified" | "confirmed" | null;
  at: string | null;
  by: string | null;
  /** What is missing, what comes first, or what is wrong. */
  reasons: Reason[];
}

/** Whether a key is at the application in Entra, as the last reading saw it. */
export type KeyPresence = "there" | "gone" | "unknown";

/** An exchange that is under way. */
export interface RotationView {
  startedAt: string;
  by: string;
  old: {
    subject: string;
    sha1: string;
    notAfter: string;
    daysLeft: number;
    validity: CertificateView["validity"];
    key: KeyPresence;
  };
  /** Which certificate the portal has, as people confirmed it; "other": one that the setup no longer has. */
  inPortal: "old" | "new" | "other";
  /** Whether the new certificate's key is in Entra. */
  newKey: KeyPresence;
  steps: RotationStepView[];
  /** The first step that is not done; null when only finishing is left. */
  current: RotationStepId | null;
  warnings: Reason[];
  /** Which key may be taken out of Entra now without cutting the connection. */
  removable: "old" | "new" | null;
  /** Whether a person may say now that the portal has the new certificate. */
  confirmExchanged: { allowed: boolean; reasons: Reason[] };
  canWithdrawExchanged: boolean;
  canConfirmRemoved: boolean;
  /** Only while the portal still has the old certificate. */
  canCancel: boolean;
}
