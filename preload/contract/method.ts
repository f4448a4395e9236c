import { z } from "zod";
import { maxPasswordLength } from "../model/certificates.ts";
import { stepIds } from "../model/guide.ts";
import { trashEntryForm } from "../model/setup.ts";

// Schemas are never compiled to code: the page's policy forbids it, and zod would try.
z.config({ jitless: true });

/** One method: the schema of its single argument and the type of its answer. */
export interface Method<Schema extends z.ZodType, Answer> {
  input: Schema;
  /** Only a type; never set at run time. */
  output?: Answer;
}

/** `method(schema).returns<Answer>()` */
export function method<Schema extends z.ZodType>(input: Schema) {
  return { returns: <Answer>(): Method<Schema, Answer> => ({ input }) };
}

/** A dialog may be closed without a choice; that is an answer, not an error. */
export type Chosen<T> = { canceled: true } | ({ canceled: false } & T);

export const nothing = z.undefined();
export const text = z.string().max(2_000);
export const longText = z.string().max(20_000);
export const setupId = z.uuid();
export const ofSetup = z.object({ setupId });
export const trashEntry = z.string().regex(trashEntryForm);
export const stepId = z.enum(stepIds);
export const ofStep = z.object({ setupId, step: stepId });
export const taskId = z.uuid();
export const password = z.string().max(maxPasswordLength * 4);
