import { randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { AttemptPorts } from "../../../main/exchange/attempt.ts";
import { attemptDryRun } from "../../../main/exchange/attempt.ts";
import { words } from "../../../main/exchange/details.ts";
import { perform } from "../../../main/certificates/perform.ts";
import { connectionTo, password, portsWith, savedPfx, simulatedTime, tenantWith } from "./bench.ts";
import { canary, openRolloutApp, prepareRolloutApp, readInTenant } from "./rollout-app.ts";

beforeAll(prepareRolloutApp, 90_000);
afterEach(() => {
  vi.useRealTimers();
});

test("neither key, password nor token is in any file, log, journal or view after runs of every kind", async () => {
  const time = simulatedTime();
  const rollout = await openRolloutApp(time, { role: null });
  const { setupId, practice } = rollout;
  // Entra's words come into the view and the document: a token in them must not.
  const leaked = `eyJhbGciOiJub25lIn0.${"a".repeat(60)}.${"b".repeat(60)}`;
  await rollout.run();
  await rollout.run(canary);
  practice.faults.add({ on: ({ service }) => service === "exchange", fault: { kind: "internal" } });
  await rollout.run();
  practice.faults.clear();
  await rollout.restart((document) => readInTenant(document));
  await rollout.run();
  await rollout.app.dryRuns.stop(setupId);
  await rollout.grant("role");
  expect((await rollout.run()).state).toBe("passed");
  expect(rollout.tokens.length).toBeGreaterThan(4);

  const view = JSON.stringify(await rollout.app.api.setups.open({ setupId }));
  const journal = JSON.stringify(await rollout.app.api.setups.activity({ setupId }));
  const pfx = { kind: "import", bytes: new Uint8Array(await readFile(rollout.pfxPath)), now: null } as const;
  const { key } = await perform({ ...pfx, password: Buffer.from(canary) }, () => undefined);
  const keyText = Buffer.from(key).toString("base64").slice(40, 90);
  const secrets = [canary, keyText, "PRIVATE KEY", ...rollout.tokens, ...rollout.tokens.map(signatureOf)];
  await rollout.app.quit();
  for (const secret of secrets) {
    expect(view).not.toContain(secret);
    expect(journal).not.toContain(secret);
    expect(rollout.app.logged.join("\n")).not.toContain(secret);
  }
  for (const file of await readdir(rollout.app.userData, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = await readFile(join(file.parentPath, file.name));
    const found = secrets.filter((secret) => bytes.includes(secret));
    if (bytes.includes(Buffer.from(key).subarray(40, 90))) found.push("the key in DER");
    expect({ file: file.name, found }).toEqual({ file: file.name, found: [] });
  }
  expect(words(`The token ${leaked} is not valid.`)).toBe("The token ••• is not valid.");
});

function signatureOf(token: string): string {
  return token.split(".")[2] ?? token;
}

test("the key is erased whether Entra accepts it or not", async () => {
  const time = simulatedTime();
  const pfx = await savedPfx();
  for (const certificate of [true, false]) {
    const { practice, applicationId } = await tenantWith(pfx, { certificate });
    const real = portsWith(time);
    let key = new Uint8Array();
    const ports: AttemptPorts = {
      ...real,
      newId: () => randomUUID(),
      async openPfx(bytes, secret) {
        const opened = await real.openPfx(bytes, secret);
        key = Uint8Array.from(opened.key);
        expect(key.some((octet) => octet !== 0)).toBe(true);
        return { ...opened, key };
      },
    };
    const typed = Buffer.from(password);
    const { lights } = await attemptDryRun(
      ports,
      {
        connection: connectionTo(practice),
        tenantId: practice.data.tenantId,
        applicationId,
        domain: "",
        certificate: pfx.certificate,
      },
      typed,
      new AbortController().signal,
    );
    expect(lights[0]?.result).toBe(certificate ? "satisfied" : "unsatisfied");
    expect(key.every((octet) => octet === 0)).toBe(true);
    // The caller's own copy stays the caller's to erase.
    expect(typed.toString()).toBe(password);
  }
});
