import { describe, expect, test } from "vitest";
import { clouds } from "../../../main/guide/clouds.ts";
import { createIdentity } from "../../../main/identity/identity.ts";
import { openSignedIn } from "../../../main/tenant/signed-in.ts";
import { createSignInTurns } from "../../../main/tenant/sign-in-turns.ts";
import { browser, fakeEntra, tenantId } from "./fake-entra.ts";
import { memoryVault } from "./memory-vault.ts";

const otherTenantId = "8e0f3a7b-0000-4000-8000-000000000002";
const scopes = ["https://graph.microsoft.com/User.Read"];
const host = "login.microsoftonline.com";

type TestVault = ReturnType<typeof memoryVault>;

/** The app started anew on the same vault; `person` is who signs in in the browser, at `tenant`. */
function started(vault: TestVault, { person = "admin", tenant = tenantId, preferred = "" } = {}) {
  return createIdentity(
    {
      fetch: fakeEntra(host, person, tenant).fetch,
      openBrowser: browser().open,
      vault,
      now: () => new Date(),
    },
    { setupId: "setup-1", cloud: clouds.global, tenantId: "", preferredTenantId: preferred },
  );
}

/** The sign-in of a setup of the tenant `tenantId`, started on the same vault; everybody is at home at `home`. */
function openedSetup(vault: TestVault, { person = "admin", tenant = tenantId, home = "" } = {}) {
  const entra = fakeEntra(host, person, tenant, home === "" ? tenant : home);
  const signedIn = openSignedIn(
    {
      connection: {
        fetch: entra.fetch,
        cloud: clouds.global,
        portal: null,
        openBrowser: browser().open,
      },
      vault: { ...vault, where: async () => (vault.files.size > 0 ? "vault" : "none") },
      clock: { now: () => new Date() },
      onError: (_message, error) => {
        throw error;
      },
      onChange: () => undefined,
      signIns: createSignInTurns(),
      pages: { done: "", failed: "" },
    },
    { setupId: "setup-1", clientId: "", tenantId },
  );
  return { entra, signedIn };
}

describe("after a restart", () => {
  test("who signed in last goes on, not who signed in first; switching is kept as well", async () => {
    const vault = memoryVault();
    const anna = await started(vault, { person: "anna" }).signIn("browser", scopes);
    const ben = await started(vault, { person: "ben" }).signIn("browser", scopes);
    expect(await started(vault).current()).toEqual(ben);
    await started(vault).switchAccount(anna.id);
    expect(await started(vault).current()).toEqual(anna);
    await started(vault).switchAccount(ben.id);
    expect(await started(vault).current()).toEqual(ben);
  });

  test("also when tokens were renewed since, and without a word of it the first one", async () => {
    const vault = memoryVault();
    const anna = await started(vault, { person: "anna" }).signIn("browser", scopes);
    const ben = await started(vault, { person: "ben" }).signIn("browser", scopes);
    const renewing = started(vault);
    await renewing.getToken(scopes, { refresh: true });
    await renewing.getToken(["https://graph.microsoft.com/Directory.Read.All"]);
    expect(await started(vault).current()).toEqual(ben);
    // As a cache of an earlier version is.
    const text = vault.files.get("token-cache")?.toString("utf8") ?? "";
    const { AccountInUse, ...before } = JSON.parse(text) as Record<string, unknown>;
    expect(AccountInUse).toBe(ben.id);
    vault.files.set("token-cache", Buffer.from(JSON.stringify(before)));
    expect(await started(vault).current()).toEqual(anna);
  });

  test("an account of the preferred tenant goes before another one that was in use", async () => {
    const vault = memoryVault();
    const stranger = await started(vault, { person: "sam", tenant: otherTenantId }).signIn("browser", scopes);
    expect(await started(vault, { preferred: tenantId }).current()).toEqual(stranger);
    const admin = await started(vault).signIn("browser", scopes);
    const second = await started(vault, { person: "ben" }).signIn("browser", scopes);
    expect(await started(vault, { preferred: tenantId }).current()).toEqual(second);
    await started(vault).switchAccount(stranger.id);
    expect(await started(vault).current()).toEqual(stranger);
    expect(await started(vault, { preferred: tenantId.toUpperCase() }).current()).toEqual(admin);
  });

  test("nobody goes on after signing out", async () => {
    const vault = memoryVault();
    const identity = started(vault);
    await identity.signIn("browser", scopes);
    await identity.signOut();
    expect(await started(vault).current()).toBeNull();
    expect(vault.files.size).toBe(0);
  });
});

describe("a setup that knows its tenant", () => {
  test("goes on as that tenant's admin, not as a stranger who signed in before", async () => {
    const vault = memoryVault();
    const first = await openedSetup(vault, { person: "sam", tenant: otherTenantId }).signedIn;
    await first.signIn("browser", ["User.Read"]);
    const second = await openedSetup(vault, { person: "admin" }).signedIn;
    const admin = await second.signIn("browser", ["User.Read"], { chooseAccount: true });
    const restarted = await openedSetup(vault).signedIn;
    expect(restarted.account()).toEqual(admin);
    expect(restarted.view().accounts).toHaveLength(2);
  });

  test("goes on as its guest, and renews at the tenant that account is a guest of", async () => {
    const vault = memoryVault();
    const stranger = await openedSetup(vault, { person: "sam", tenant: otherTenantId }).signedIn;
    await stranger.signIn("browser", ["User.Read"]);
    const asGuest = await openedSetup(vault, { person: "gus", home: otherTenantId }).signedIn;
    const guest = await asGuest.signIn("browser", ["User.Read"], { guest: true });
    expect(guest?.tenantId).toBe(tenantId);
    const { entra, signedIn } = openedSetup(vault, { person: "gus", home: otherTenantId });
    const restarted = await signedIn;
    expect(restarted.account()).toEqual(guest);
    await restarted.getToken(scopes, { refresh: true });
    expect(entra.requested.every((url) => url.includes(tenantId))).toBe(true);
    expect(entra.posted.at(-1)?.get("grant_type")).toBe("refresh_token");
  });

  test("renews where it did before when signing in as a guest came to nothing", async () => {
    const { entra, signedIn: opening } = openedSetup(memoryVault(), { person: "sam", tenant: otherTenantId });
    const signedIn = await opening;
    const sam = await signedIn.signIn("browser", ["User.Read"]);
    entra.refuse = () => new Response(JSON.stringify({ error: "access_denied" }), { status: 400 });
    await expect(signedIn.signIn("browser", ["User.Read"], { guest: true })).rejects.toThrow();
    entra.refuse = null;
    entra.requested.length = 0;
    expect(signedIn.account()).toEqual(sam);
    await signedIn.getToken(scopes, { refresh: true });
    expect(entra.requested).not.toEqual([]);
    expect(entra.requested.filter((url) => url.includes(tenantId))).toEqual([]);
  });

  test("goes on as the account that was switched to while a guest's sign-in ended", async () => {
    const vault = memoryVault();
    const sam = await started(vault, { person: "sam", tenant: otherTenantId }).signIn("browser", scopes);
    const second = openedSetup(vault, { person: "tom", tenant: otherTenantId });
    const signedIn = await second.signedIn;
    await signedIn.signIn("browser", ["User.Read"]);
    second.entra.refuse = () => new Response(JSON.stringify({ error: "access_denied" }), { status: 400 });
    const asGuest = signedIn.signIn("browser", ["User.Read"], { guest: true }).catch(() => null);
    await Promise.all([asGuest, signedIn.useAccount(sam.id)]);
    expect(signedIn.account()).toEqual(sam);
    // Who is not cached any more is not switched to; the client says who goes on.
    expect(await signedIn.useAccount("gone")).toBeNull();
    expect(signedIn.account()).toEqual(sam);
  });
});
