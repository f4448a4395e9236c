import { cp, mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reportFileSchema } from "../../../main/rollout/report/json.ts";
import { stepIds } from "../../../preload/model/guide.ts";
import type { RotationStepId } from "../../../preload/model/rotation.ts";
import type { SetupView } from "../../../preload/model/setup.ts";
import { certificateInput, newTask, openTestApp } from "./app.ts";
import type { TestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

const practised = { tenantId: "", application: { displayName: "", uniqueName: "" } };

/** A practice setup that was connected and closed with its first certificate; made once. */
async function makeTemplate(): Promise<{ app: TestApp; setupId: string }> {
  const app = await openTestApp();
  const { summary } = await app.api.practice.create({ sample: "empty" });
  const setupId = summary.id;
  await signInAs(app, setupId, "alex");
  await makePair(app, setupId, "old.pfx");
  await app.api.tenant.signIn({ setupId, method: "browser", chooseAccount: false, guest: false });
  const open = () => app.api.setups.open({ setupId });
  const { tenant } = await app.api.tenant.check({ setupId, quiet: false });
  await app.api.tenant.apply({ setupId, planId: tenant.plan?.id ?? "" });
  await app.api.setups.setField({ setupId, field: "azureAdInstance", value: "Contoso" });
  for (const step of stepIds) {
    const { state } = (await open()).steps.find(({ id }) => id === step)!;
    if (step !== "rollout" && state !== "done")
      await app.api.setups.confirm({ setupId, step, by: "Ada", note: "" });
  }
  await app.api.rollout.record({ setupId, result: "connected", text: "", by: "Ada" });
  await app.api.rollout.close({ setupId });
  await app.practice.close();
  await app.quit();
  return { app, setupId };
}

let template: ReturnType<typeof makeTemplate> | null = null;

async function connected() {
  const made = await (template ??= makeTemplate());
  const { setupId } = made;
  const userData = await mkdtemp(join(tmpdir(), "rollout-app-"));
  await cp(made.app.userData, userData, { recursive: true });
  let app = await openTestApp({ ...made.app, userData });
  await signInAs(app, setupId, "alex");

  async function open(): Promise<SetupView> {
    return app.api.setups.open({ setupId });
  }
  async function check(): Promise<SetupView> {
    return app.api.tenant.check({ setupId, quiet: false });
  }
  async function applyAll(): Promise<SetupView> {
    return app.api.tenant.apply({ setupId, planId: (await open()).tenant.plan?.id ?? "" });
  }
  /** Ends the app as the system does, and starts it again. */
  async function restart(): Promise<void> {
    await app.practice.close();
    app = await openTestApp(app);
    world.app = app;
  }
  /** Thumbprints of the keys at the application in the practice tenant. */
  async function keys(): Promise<string[]> {
    const { tenant } = await app.practice.of(setupId, practised);
    return (tenant.data.applications[0]?.keyCredentials ?? []).map(({ customKeyIdentifier }) =>
      String(customKeyIdentifier),
    );
  }
  const world = { app, setupId, open, check, applyAll, restart, keys };
  return world;
}

async function makePair(app: TestApp, setupId: string, file: string): Promise<SetupView> {
  await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
  app.answers.push(join(app.saved, file));
  await app.api.certificates.exportPfx({ setupId, task: newTask(), profile: "strong" });
  return app.api.setups.open({ setupId });
}

/** Writes a report; gives it with the connector's values beside it, and what the log was at that time. */
async function writtenReport(app: TestApp, setupId: string) {
  const { entries, chain } = await app.api.setups.activity({ setupId });
  const parent = await mkdtemp(join(app.saved, "report-"));
  app.answers.push(parent);
  await app.api.rollout.saveReport({ setupId, languages: ["en"] });
  const [folder = ""] = await readdir(parent);
  const files = await readdir(join(parent, folder));
  const read = (ending: string) =>
    readFile(join(parent, folder, files.find((name) => name.endsWith(ending)) ?? ""), "utf8");
  return {
    report: reportFileSchema.parse(JSON.parse(await read(".json"))),
    values: await read(" - values.txt"),
    activity: { entries: entries.length, intact: chain.intact, lastHash: entries.at(-1)?.hash },
  };
}

const stateOf = (view: SetupView, id: RotationStepId) =>
  view.rotation?.steps.find((step) => step.id === id)?.state;
const password = async (app: TestApp, setupId: string) =>
  (await app.api.certificates.revealPassword({ setupId })).password;
const secretFiles = async ({ userData }: TestApp, setupId: string) =>
  new Set(await readdir(join(userData, "setups", setupId, "vault")));

describe("exchanging the certificate of a connected setup", () => {
  test("goes from the old pair to the new one, with both keys in between and one after, across restarts", async () => {
    const world = await connected();
    const { setupId, check, applyAll, keys, open } = world;
    const before = await open();
    const oldSha1 = before.certificate?.sha1;
    const oldPassword = await password(world.app, setupId);

    const started = await world.app.api.rotation.start({ setupId, by: "Ada" });
    expect(started.rotation).toMatchObject({
      current: "new-certificate",
      canCancel: true,
      old: { sha1: oldSha1 },
    });
    expect(started.certificate).toBeNull();
    expect(started.summary).toMatchObject({ attention: 0, rolledOut: true });
    expect(started.summary.certificateDaysLeft).toBe(before.summary.certificateDaysLeft);
    await world.restart();

    const made = await makePair(world.app, setupId, "new.pfx");
    expect(made.rotation?.current).toBe("beside-old");
    expect(made.summary.attention).toBe(0);
    expect(await password(world.app, setupId)).not.toBe(oldPassword);
    await expect(
      world.app.api.rotation.confirmExchanged({ setupId, by: "Ada", note: "" }),
    ).rejects.toMatchObject({ code: "not-allowed" });
    const planned = await check();
    expect(planned.tenant.plan?.changes.map(({ kind }) => kind)).toEqual(["add-certificate"]);
    const beside = await applyAll();
    expect(await keys()).toHaveLength(2);
    expect(beside.rotation).toMatchObject({ newKey: "there", old: { key: "there" }, current: "dry-run" });
    await world.restart();
    await world.check();

    const tried = await world.app.api.dryRun.run({ setupId });
    expect(tried.rotation?.current).toBe("exchange");
    const between = await writtenReport(world.app, setupId);
    expect(between.report).toMatchObject({
      exchange: { by: "Ada", inPortal: "old", old: { sha1: oldSha1 } },
      exchanges: [],
      certificate: { sha1: made.certificate?.sha1 },
    });
    expect(between.report.changes.at(-1)).toMatchObject({ changeKind: "add-certificate", outcome: "done" });
    expect(between.report.activity).toEqual(between.activity);
    expect(between.values).toContain("report.exchange.notice.old");
    await expect(world.app.api.rotation.confirmRemoved({ setupId, by: "Ada" })).rejects.toMatchObject({
      code: "not-allowed",
    });
    expect((await open()).rotation?.removable).toBe("new");

    const exchanged = await world.app.api.rotation.confirmExchanged({ setupId, by: "Ada", note: "" });
    expect(exchanged.rotation).toMatchObject({ current: "rollout", canCancel: false, removable: null });
    expect(exchanged.tenant.removal).toBeNull();
    await expect(
      world.app.api.setups.withdraw({ setupId, step: "technical-attributes" }),
    ).rejects.toMatchObject({ code: "not-while-exchanged" });
    expect(exchanged.rollout).toMatchObject({ record: null, closedAt: null, ready: true });
    await expect(world.app.api.rotation.cancel({ setupId })).rejects.toMatchObject({ code: "not-allowed" });
    await world.restart();
    await world.check();

    const rolledOut = await world.app.api.rollout.record({
      setupId,
      result: "connected",
      text: "",
      by: "Ada",
    });
    expect(rolledOut.rotation).toMatchObject({ current: "remove-old", removable: "old" });
    const rollouts = rolledOut.steps.find(({ id }) => id === "rollout")?.evidence;
    expect(rollouts).toHaveLength(2);
    const removal = rolledOut.tenant.removal;
    expect(removal?.changes.map(({ kind }) => kind)).toEqual(["remove-certificate"]);
    const removed = await world.app.api.tenant.removeKey({ setupId, planId: removal?.id ?? "" });
    expect(removed.tenant.result).toMatchObject({ kind: "removal", stop: null });
    expect(await keys()).toHaveLength(1);
    expect(removed.rotation).toMatchObject({ current: null, old: { key: "gone" } });

    const finished = await world.app.api.rotation.finish({ setupId });
    expect(finished.rotation).toBeNull();
    expect(finished.summary).toMatchObject({ done: finished.summary.total, attention: 0 });
    const again = await world.app.api.dryRun.run({ setupId });
    expect(again.dryRun.state).toBe("passed");
    // What the app added first and took out itself is no longer part of what could be taken back.
    const undo = (await world.check()).tenant.undo?.changes ?? [];
    expect(undo.filter(({ kind }) => kind === "remove-certificate")).toHaveLength(1);
    const journal = await world.app.api.setups.activity({ setupId });
    expect(journal.chain.intact).toBe(true);
    expect(journal.entries.map(({ kind }) => kind).filter((kind) => kind.startsWith("rotation-"))).toEqual([
      "rotation-started",
      "rotation-exchanged",
      "rotation-finished",
    ]);
    const { report, values } = await writtenReport(world.app, setupId);
    expect(report).toMatchObject({
      exchange: null,
      exchanges: [{ by: "Ada", oldSha1, newSha1: made.certificate?.sha1 }],
    });
    expect(values).not.toContain("report.exchange");
    await world.app.practice.close();
  }, 120_000);

  test("canceled before the portal has the new pair, everything is as before, and the new key can be taken back first", async () => {
    const world = await connected();
    const { setupId, applyAll, keys } = world;
    const before = await world.open();
    const oldPassword = await password(world.app, setupId);
    const secrets = await secretFiles(world.app, setupId);
    await world.app.api.rotation.start({ setupId, by: "Ada" });
    await makePair(world.app, setupId, "new.pfx");
    await world.check();
    const beside = await applyAll();
    expect(await keys()).toHaveLength(2);
    const taken = await world.app.api.tenant.removeKey({ setupId, planId: beside.tenant.removal?.id ?? "" });
    expect(await keys()).toHaveLength(1);
    expect(taken.rotation).toMatchObject({ newKey: "gone", old: { key: "there" }, removable: null });
    expect(taken.tenant.drift).toEqual([]);
    const canceled = await world.app.api.rotation.cancel({ setupId });
    expect(canceled.rotation).toBeNull();
    expect(canceled.certificate?.sha1).toBe(before.certificate?.sha1);
    expect(canceled.rollout).toEqual(before.rollout);
    expect(canceled.summary).toMatchObject({ done: before.summary.done, attention: 0 });
    expect(await password(world.app, setupId)).toBe(oldPassword);
    expect(await secretFiles(world.app, setupId)).toEqual(secrets);
    const run = await world.app.api.dryRun.run({ setupId });
    expect(run.dryRun.state).toBe("passed");
    await world.app.practice.close();
  }, 120_000);

  test("takes nothing out of Entra where the key that has to stay is not seen any more", async () => {
    const world = await connected();
    const { setupId } = world;
    await world.app.api.rotation.start({ setupId, by: "Ada" });
    await makePair(world.app, setupId, "new.pfx");
    await world.check();
    await world.applyAll();
    await world.app.api.dryRun.run({ setupId });
    await world.app.api.rotation.confirmExchanged({ setupId, by: "Ada", note: "" });
    const ready = await world.app.api.rollout.record({ setupId, result: "connected", text: "", by: "Ada" });
    const { tenant } = await world.app.practice.of(setupId, practised);
    const application = tenant.data.applications[0]!;
    // A colleague deletes the new key while the plan is on the screen.
    application.keyCredentials = application.keyCredentials.slice(0, 1);
    const refused = await world.app.api.tenant.removeKey({
      setupId,
      planId: ready.tenant.removal?.id ?? "",
    });
    expect(refused.tenant.result?.stop?.kind).toBe("plan-changed");
    expect(application.keyCredentials).toHaveLength(1);
    expect(refused.rotation).toMatchObject({ newKey: "gone", removable: null, canConfirmRemoved: false });
    expect(stateOf(refused, "beside-old")).toBe("attention");
    await expect(world.app.api.rotation.finish({ setupId })).rejects.toMatchObject({ code: "not-allowed" });
    await world.app.practice.close();
  }, 120_000);

  test("nothing takes the place of the certificate in use but an exchange", async () => {
    const { app, setupId, open } = await connected();
    const before = {
      view: await open(),
      secrets: await secretFiles(app, setupId),
      password: await password(app, setupId),
    };
    const inUse = expect.objectContaining({ code: "certificate-in-use" });
    await expect(
      app.api.certificates.create({ setupId, task: newTask(), ...certificateInput }),
    ).rejects.toEqual(inUse);
    const { id: elsewhere } = (await app.api.setups.create({ name: "Fabrikam", cloud: "global" })).summary;
    await makePair(app, elsewhere, "other.pfx");
    const bytes = new Uint8Array(await readFile(join(app.saved, "other.pfx")));
    const { fileId } = await app.api.certificates.offerImport({
      setupId,
      file: { name: "other.pfx", bytes },
    });
    const accept = { setupId, task: newTask(), fileId, keepPassword: true };
    await expect(
      app.api.certificates.acceptImport({ ...accept, password: await password(app, elsewhere) }),
    ).rejects.toEqual(inUse);
    await expect(app.api.certificates.remove({ setupId })).rejects.toEqual(inUse);
    const after = await open();
    expect(await password(app, setupId)).toBe(before.password);
    expect(after.certificate).toEqual(before.view.certificate);
    expect(after.steps.map(({ state }) => state)).toEqual(before.view.steps.map(({ state }) => state));
    expect(await secretFiles(app, setupId)).toEqual(before.secrets);
    await app.api.rotation.start({ setupId, by: "Ada" });
    const made = await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    expect(made.certificate?.sha1).not.toBe(before.view.certificate?.sha1);
    await app.practice.close();
  }, 60_000);

  test("a setup file that is written meanwhile has the certificate in use and nothing of the exchange", async () => {
    const world = await connected();
    const { setupId } = world;
    const sha1 = (await world.open()).certificate?.sha1;
    await world.app.api.rotation.start({ setupId, by: "Ada" });
    const path = join(world.app.saved, "setup.rollout.json");
    world.app.answers.push(path);
    await world.app.api.setups.exportFile({ setupId });
    const { setup } = JSON.parse(await readFile(path, "utf8")) as { setup: Record<string, unknown> };
    expect(setup).toMatchObject({ rotation: null, certificate: { facts: { sha1 } } });
    await world.app.practice.close();
  }, 60_000);
});
