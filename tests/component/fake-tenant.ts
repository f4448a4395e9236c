import type { RolloutApi } from "../../preload/contract.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { newDocument } from "../../main/setups/document.ts";
import { offlineTenant } from "../support/tenant-view.ts";
import type { FakeState } from "./fake-state.ts";
import { signedOut, unread } from "./tenant-samples.ts";

type Methods<A extends "tenant" | "practice"> = {
  [M in keyof RolloutApi[A]]: RolloutApi[A][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

/** What the next call of a method makes of the tenant; without it the view stays as it is. */
export type TenantScript = Partial<Record<string, (tenant: TenantView) => TenantView | Promise<TenantView>>>;

/** The tenant's methods over views that tests prescribe. */
export function fakeTenant(state: FakeState): Methods<"tenant"> {
  const { view } = state;
  async function play(setupId: string, name: string): Promise<SetupView> {
    const next = await state.tenantScript[name]?.(tenantOf(state, setupId));
    if (next !== undefined) state.tenants.set(setupId, next);
    return view(setupId);
  }
  return {
    signIn: ({ setupId }) => play(setupId, "signIn"),
    cancelSignIn: ({ setupId }) => {
      state.tenants.set(setupId, signedOut());
      return view(setupId);
    },
    signOut: ({ setupId }) => {
      state.tenants.set(setupId, signedOut());
      return view(setupId);
    },
    useAccount: ({ setupId, accountId }) => {
      const tenant = tenantOf(state, setupId);
      const account = tenant.signIn.accounts.find(({ id }) => id === accountId) ?? null;
      state.tenants.set(setupId, unread({ signIn: { ...tenant.signIn, account } }));
      return view(setupId);
    },
    setClientId: ({ setupId, clientId }) => {
      const { signIn } = signedOut();
      const own = clientId === "" ? signIn : { ...signIn, clientId, isDefaultClient: false };
      state.tenants.set(setupId, signedOut(own));
      return view(setupId);
    },
    setProfile: ({ setupId, profile }) => {
      state.tenants.set(setupId, { ...tenantOf(state, setupId), profile });
      return view(setupId);
    },
    check: ({ setupId }) => play(setupId, "check"),
    takeOver: ({ setupId }) => play(setupId, "takeOver"),
    createBeside: ({ setupId }) => play(setupId, "createBeside"),
    apply: ({ setupId }) => play(setupId, "apply"),
    undo: ({ setupId }) => play(setupId, "undo"),
    removeKey: ({ setupId }) => play(setupId, "removeKey"),
    cancelWork: ({ setupId }) => play(setupId, "cancelWork"),
    openDeviceLogin: () => null,
    prepareRequest: ({ setupId }) => ({
      canceled: false,
      path: "/home/anna/Documents/request",
      view: view(setupId),
    }),
    openRequest: () => {
      const id = crypto.randomUUID();
      state.documents.set(id, newDocument(id, "Contoso AG (request)", "global", state.now()));
      return { canceled: false, setupId: id };
    },
  };
}

export function fakePractice(state: FakeState): Methods<"practice"> {
  return {
    create: ({ sample }) => {
      const id = crypto.randomUUID();
      const document = newDocument(id, `Practice: ${sample}`, "global", state.now());
      state.documents.set(id, { ...document, practice: true });
      return state.view(id);
    },
    reset: ({ setupId }) => state.view(setupId),
  };
}

/** What the tenant of a setup looks like now. */
export function tenantOf(state: FakeState, setupId: string): TenantView {
  const document = state.documents.get(setupId);
  return (
    state.tenants.get(setupId) ??
    (document === undefined ? signedOut() : offlineTenant(document, state.now()))
  );
}
