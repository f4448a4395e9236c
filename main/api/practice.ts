import { randomUUID } from "node:crypto";
import type { Handlers } from "../../preload/contract.ts";
import { AppError } from "../errors.ts";
import { practiceHosts } from "../practice/hosts.ts";
import type { PracticeTenants } from "../practice/tenants.ts";
import { newDocument } from "../setups/document.ts";
import type { SetupDocument } from "../setups/document.ts";
import { effective } from "../setups/fields.ts";
import { uniqueNameOf } from "../tenant/desired.ts";
import type { TenantSessions } from "../tenant/sessions.ts";
import type { Services } from "./services.ts";

/** Rehearsal with a practice tenant; nothing of it ever leaves this computer. */
export function practiceHandlers(
  { setups, shell, clock }: Services,
  practice: PracticeTenants,
  sessions: TenantSessions,
): Handlers["practice"] {
  return {
    create: async ({ sample }) => {
      const count = setups.list().filter((one) => one.practice).length + 1;
      const name = shell.words().t("practice.setupName", { number: count });
      const empty = newDocument(randomUUID(), name, "global", clock.now());
      const fields = { portalUrl: `https://${practiceHosts.portal}/` };
      const document = { ...empty, practice: true, fields };
      const view = await setups.add(document, {
        kind: "setup-created",
        step: null,
        details: { name, sample },
      });
      await practice.create(document.id, sample, sampleApplication(document));
      return view;
    },
    reset: async ({ setupId }) => {
      const document = setups.document(setupId);
      if (!document.practice) throw new AppError("not-allowed");
      await (await sessions.of(setupId)).signOut();
      await sessions.close(setupId);
      await practice.reset(setupId, sampleApplication(document));
      return setups.change(setupId, { kind: "practice-reset", step: null }, (one) => ({
        ...one,
        tenant: { ...one.tenant, observed: null },
        rotation: one.rotation === null ? null : { ...one.rotation, oldKey: null },
      }));
    },
  };
}

/** What a sample state calls the application: what this setup would call it. */
export function sampleApplication(document: SetupDocument): { displayName: string; uniqueName: string } {
  return { displayName: effective(document, "applicationName"), uniqueName: uniqueNameOf(document.id) };
}
