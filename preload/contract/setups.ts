import { z } from "zod";
import { attributeIds, cloudIds, fieldIds, linkIds } from "../model/guide.ts";
import type { ActivityView, AllActivityView, DeletedSetup, SetupSummary, SetupView } from "../model/setup.ts";
import type { WatchView } from "../model/watch.ts";
import type { Chosen } from "./method.ts";
import { longText, method, nothing, ofSetup, ofStep, setupId, stepId, text, trashEntry } from "./method.ts";

export const setupsArea = {
  list: method(nothing).returns<SetupSummary[]>(),
  create: method(z.object({ name: text, cloud: z.enum(cloudIds) })).returns<SetupView>(),
  open: method(ofSetup).returns<SetupView>(),
  rename: method(z.object({ setupId, name: text })).returns<SetupView>(),
  setCloud: method(z.object({ setupId, cloud: z.enum(cloudIds) })).returns<SetupView>(),
  duplicate: method(z.object({ setupId, name: text })).returns<SetupSummary>(),
  archive: method(z.object({ setupId, archived: z.boolean() })).returns<SetupSummary>(),
  /** Moves the setup to the trash; `restore` brings it back for 30 days. */
  remove: method(ofSetup).returns<null>(),
  /** What `restore` can bring back, deleted last first. */
  deleted: method(nothing).returns<DeletedSetup[]>(),
  /** Without `entry` the one that was removed last. */
  restore: method(z.object({ setupId, entry: trashEntry.optional() })).returns<SetupSummary>(),
  /** Deletes a setup in the trash with its keys, passwords and activity. */
  deleteForGood: method(z.object({ entry: trashEntry })).returns<null>(),
  exportFile: method(ofSetup).returns<Chosen<{ path: string }>>(),
  importFile: method(nothing).returns<Chosen<{ setupId: string }>>(),
  setField: method(z.object({ setupId, field: z.enum(fieldIds), value: longText })).returns<SetupView>(),
  setPosition: method(ofStep).returns<null>(),
  confirm: method(z.object({ setupId, step: stepId, by: text, note: text })).returns<SetupView>(),
  withdraw: method(ofStep).returns<SetupView>(),
  markNotApplicable: method(z.object({ setupId, step: stepId, by: text, reason: text })).returns<SetupView>(),
  markApplicable: method(ofStep).returns<SetupView>(),
  startWaiting: method(z.object({ setupId, step: stepId, who: text, note: text })).returns<SetupView>(),
  stopWaiting: method(ofStep).returns<SetupView>(),
  openLink: method(z.object({ setupId, link: z.enum(linkIds) })).returns<null>(),
  copyAttribute: method(z.object({ setupId, attribute: z.enum(attributeIds) })).returns<{
    /** Seconds until the clipboard is cleared; null when the value is not secret. */
    clearsIn: number | null;
  }>(),
  activity: method(ofSetup).returns<ActivityView>(),
  exportActivity: method(z.object({ setupId, format: z.enum(["jsonl", "csv"]).default("jsonl") })).returns<
    Chosen<{ path: string }>
  >(),
  allActivity: method(nothing).returns<AllActivityView>(),
  exportAllActivity: method(z.object({ format: z.enum(["jsonl", "csv"]) })).returns<
    Chosen<{ path: string }>
  >(),
} as const;

export const watchArea = {
  view: method(nothing).returns<WatchView>(),
  /** Verifies all setups that are signed in; answers when it is over. `changed` with null tells of progress. */
  run: method(nothing).returns<WatchView>(),
  cancel: method(nothing).returns<WatchView>(),
} as const;
