import { describe, expect, test } from "vitest";
import { AppError } from "../../../main/errors.ts";
import type { Keychain } from "../../../main/ports.ts";
import type { TestApp } from "./app.ts";
import { certificateInput, memoryKeychain, newTask, openTestApp } from "./app.ts";

async function withRequest(app: TestApp) {
  const setupId = (await app.api.setups.create({ name: "Contoso", cloud: "global" })).summary.id;
  const { notBefore: _from, notAfter: _to, ...details } = certificateInput;
  const view = await app.api.certificates.createRequest({ setupId, task: newTask(), ...details });
  return { setupId, view };
}

const refuse = () => Promise.reject(new AppError("no-keychain"));
const noKeychain: Keychain = { getPassword: refuse, setPassword: refuse, deletePassword: refuse };

const answer = (app: TestApp, setupId: string) =>
  app.api.certificates.acceptIssued({ setupId, file: { name: "issued.cer", bytes: new Uint8Array([1]) } });

describe("the private key of a request that waits", () => {
  test("without a keychain it is gone after the app's end, and an answer to the request is refused for that", async () => {
    const app = await openTestApp({ ...(await openTestApp()), keychain: noKeychain });
    const { setupId, view } = await withRequest(app);
    expect(view.request?.key).toBe("session");
    await app.quit();
    const again = await openTestApp(app);
    expect((await again.api.setups.open({ setupId })).request?.key).toBe("none");
    await expect(answer(again, setupId)).rejects.toMatchObject({ code: "certificate-request-key-missing" });
  });

  test("it is gone once the vault has begun with a new key", async () => {
    const app = await openTestApp();
    const { setupId, view } = await withRequest(app);
    expect(view.request?.key).toBe("vault");
    const again = await openTestApp({ ...app, keychain: memoryKeychain() });
    expect((await again.api.setups.open({ setupId })).request?.key).toBe("unreadable");
    await again.api.app.renewVault();
    expect((await again.api.setups.open({ setupId })).request?.key).toBe("none");
    await expect(answer(again, setupId)).rejects.toMatchObject({ code: "certificate-request-key-missing" });
  });

  test("it is looked for beside that of the certificate which came meanwhile", async () => {
    const app = await openTestApp();
    const { setupId } = await withRequest(app);
    await app.api.certificates.create({ setupId, task: newTask(), ...certificateInput });
    await app.vault.remove(setupId, "request-key");
    const view = await app.api.setups.open({ setupId });
    expect(view.request?.key).toBe("none");
    expect(view.certificate?.keyStored).toBe(true);
  });
});
