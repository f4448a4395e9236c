import { z } from "zod";
import type { BatchChoices, BatchView } from "../model/bulk.ts";
import { maxListBytes, passwordPlaces } from "../model/bulk.ts";
import { keySizes, pfxProfiles } from "../model/certificates.ts";
import { cloudIds } from "../model/guide.ts";
import type { Chosen } from "./method.ts";
import { method, nothing, password } from "./method.ts";

const listFile = z.object({
  name: z.string().max(400),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= maxListBytes * 2),
});

const ofBatch = z.object({ batchId: z.uuid() });

/** Certificates for a whole list of names. */
export const bulkArea = {
  chooseList: method(nothing).returns<Chosen<{ batch: BatchView }>>(),
  offerList: method(z.object({ file: listFile })).returns<BatchView>(),
  /** Chooses where the files go; an earlier batch found there is told, not touched. */
  chooseFolder: method(ofBatch).returns<Chosen<{ batch: BatchView }>>(),
  /** Chooses the folder of an earlier batch to continue it or to have its passwords. */
  openFolder: method(nothing).returns<Chosen<{ batch: BatchView }>>(),
  /** The same for the folder that was just chosen for a new batch. */
  continueFolder: method(ofBatch).returns<BatchView>(),
  /** How a batch stands: a start that is refused may have found something new at its rows or in its folder. */
  view: method(ofBatch).returns<BatchView>(),
  /** The password of the sealed list, because the user asked to see it. */
  revealListPassword: method(ofBatch).returns<{ password: string }>(),
  copyListPassword: method(ofBatch).returns<{ clearsIn: number }>(),
  start: method(
    z.object({
      batchId: z.uuid(),
      choices: z.object({
        keySize: z.literal(keySizes),
        notBefore: z.iso.date(),
        notAfter: z.iso.date(),
        profile: z.enum(pfxProfiles),
        passwords: z.enum(passwordPlaces),
        setups: z.boolean(),
        cloud: z.enum(cloudIds),
      } satisfies Record<keyof BatchChoices, z.ZodType>),
    }),
  ).returns<BatchView>(),
  /** Goes on with a batch: what stands is verified, what is missing is made. */
  resume: method(z.object({ batchId: z.uuid(), listPassword: password.optional() })).returns<BatchView>(),
  copyPassword: method(z.object({ batchId: z.uuid(), row: z.int().positive() })).returns<{
    clearsIn: number;
  }>(),
  show: method(z.object({ batchId: z.uuid(), what: z.enum(["folder", "list"]) })).returns<null>(),
  /** Stops at once; what stands stays, and the batch can go on later. */
  cancel: method(ofBatch).returns<null>(),
  /** Forgets the batch and erases its passwords in memory. */
  close: method(ofBatch).returns<null>(),
} as const;
