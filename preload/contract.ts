import type { z } from "zod";
import { appArea, doctorArea, secretsArea } from "./contract/app.ts";
import { bulkArea } from "./contract/bulk.ts";
import { certificatesArea } from "./contract/certificates.ts";
import { rolloutArea, rotationArea, transferArea } from "./contract/rollout.ts";
import { setupsArea, watchArea } from "./contract/setups.ts";
import { dryRunArea, practiceArea, tenantArea } from "./contract/tenant.ts";
import type { Events } from "./contract/events.ts";
import type { Method } from "./contract/method.ts";
import type { Result } from "./model/errors.ts";

export { maxCertificateFileBytes, maxPasswordLength } from "./model/certificates.ts";
export { channel, eventChannel } from "./contract/channels.ts";
export { commands, eventNames } from "./contract/events.ts";
export type { Command, Events, ReminderView } from "./contract/events.ts";
export type { Chosen } from "./contract/method.ts";

/** Everything the renderer may ask of main. Each method has a handler in `main/api`. */
export const contract = {
  app: appArea,
  setups: setupsArea,
  certificates: certificatesArea,
  bulk: bulkArea,
  tenant: tenantArea,
  dryRun: dryRunArea,
  practice: practiceArea,
  watch: watchArea,
  rotation: rotationArea,
  doctor: doctorArea,
  secrets: secretsArea,
  rollout: rolloutArea,
  transfer: transferArea,
} as const;

export type Contract = typeof contract;
export type Area = keyof Contract;

type Input<M> = M extends Method<infer I, unknown> ? z.input<I> : never;
type Parsed<M> = M extends Method<infer I, unknown> ? z.output<I> : never;
type Output<M> = M extends { output?: infer O } ? Exclude<O, undefined> : never;

/** What `window.rollout` offers the renderer. */
export type RolloutApi = {
  [A in Area]: {
    [M in keyof Contract[A]]: undefined extends Input<Contract[A][M]>
      ? () => Promise<Result<Output<Contract[A][M]>>>
      : (input: Input<Contract[A][M]>) => Promise<Result<Output<Contract[A][M]>>>;
  };
} & {
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
};

/** What `main/api` must implement: every method, with validated input. */
export type Handlers = {
  [A in Area]: {
    [M in keyof Contract[A]]: undefined extends Parsed<Contract[A][M]>
      ? () => Promise<Output<Contract[A][M]>>
      : (input: Parsed<Contract[A][M]>) => Promise<Output<Contract[A][M]>>;
  };
};
