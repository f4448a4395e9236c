import { randomUUID } from "node:crypto";
import type { Handlers } from "../../preload/contract.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import { readFileLimited } from "../files/atomic-file.ts";
import { startWaiting } from "../setups/intents.ts";
import type { ConnectionOf } from "../tenant/connection.ts";
import {
  changesToAsk,
  fromRequestFile,
  maxRequestFileBytes,
  requestEffects,
} from "../tenant/request-file.ts";
import type { TenantSessions } from "../tenant/sessions.ts";
import { wantedOf } from "../tenant/wanted.ts";
import { writeRequest } from "./request.ts";
import type { Services } from "./services.ts";

export interface TenantHandlerOptions {
  services: Services;
  sessions: TenantSessions;
  connectionOf: ConnectionOf;
}

/** Sign-in and everything the app does in a customer's tenant (steps 2 to 8, 10 and 11). */
export function tenantHandlers({
  services,
  sessions,
  connectionOf,
}: TenantHandlerOptions): Handlers["tenant"] {
  const { setups, shell, clock } = services;

  async function then(setupId: string, work: () => Promise<void> | void): Promise<SetupView> {
    await work();
    return setups.view(setupId);
  }

  return {
    signIn: async ({ setupId, method, chooseAccount, guest }) =>
      then(setupId, () =>
        sessions.signIn(setupId, method ?? shell.settings().signInMethod, { chooseAccount, guest }),
      ),
    cancelSignIn: async ({ setupId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.cancelSignIn());
    },
    signOut: async ({ setupId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.signOut());
    },
    useAccount: async ({ setupId, accountId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.useAccount(accountId));
    },
    setClientId: async ({ setupId, clientId }) => {
      const session = await sessions.of(setupId);
      // Tokens of one client are of no use to another.
      await session.signOut();
      await sessions.close(setupId);
      return setups.change(setupId, { kind: "client-changed", step: null, details: { clientId } }, (one) => ({
        ...one,
        tenant: { ...one.tenant, clientId },
      }));
    },
    setProfile: async ({ setupId, profile }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.setProfile(profile));
    },
    check: async ({ setupId, quiet }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.check(quiet));
    },
    takeOver: async ({ setupId, appId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.takeOver(appId));
    },
    createBeside: async ({ setupId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.createBeside());
    },
    apply: async ({ setupId, planId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.apply(planId));
    },
    undo: async ({ setupId, planId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.undo(planId));
    },
    removeKey: async ({ setupId, planId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.removeKey(planId));
    },
    cancelWork: async ({ setupId }) => {
      const session = await sessions.of(setupId);
      return then(setupId, () => session.cancelWork());
    },
    openDeviceLogin: async ({ setupId }) => {
      const address = (await sessions.of(setupId)).view().signIn.pending?.code?.verificationUri;
      if (address === undefined) throw new AppError("link-not-allowed");
      await (await connectionOf(setupId)).openBrowser(address);
      return null;
    },
    prepareRequest: async ({ setupId }) => {
      const document = setups.document(setupId);
      const desired = wantedOf(document);
      const planned = (await sessions.of(setupId)).planned();
      const from = shell.settings().person;
      const at = clock.now().toISOString();
      const request = { id: randomUUID(), from, at, effects: requestEffects(desired, planned) };
      const path = await writeRequest(services, document, request);
      if (path === null) return { canceled: true };
      const asked = planned === null ? [] : changesToAsk(planned);
      const { t } = shell.words();
      const view = await setups.change(
        setupId,
        { kind: "request-prepared", step: null, details: { request: request.id } },
        (one) =>
          asked.reduce((next, { steps, right }) => {
            const who = t(`tenant.roles.${right.roles[0] ?? ""}`);
            return steps.reduce((each, step) => startWaiting(each, step, who, "", clock.now()), next);
          }, one),
      );
      return { canceled: false, path, view };
    },
    openRequest: async () => {
      const path = await shell.openDialog({
        purpose: "request",
        titleKey: "dialogs.open-request",
        extensions: ["exchange-rollout-request"],
      });
      if (path === null) return { canceled: true };
      const content = await readFileLimited(path, maxRequestFileBytes);
      const document = fromRequestFile(content.toString("utf8"), randomUUID(), clock.now());
      const { from = "", id = "" } = document.tenant.request ?? {};
      await setups.add(document, { kind: "request-opened", step: null, details: { from, request: id } });
      return { canceled: false, setupId: document.id };
    },
  };
}
