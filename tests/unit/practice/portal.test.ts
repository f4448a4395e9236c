import { beforeAll, describe, expect, it } from "vitest";
import { attributes } from "../../../main/guide/attributes.ts";
import { testCertificate } from "./certificates.ts";
import type { TestCertificate } from "./certificates.ts";
import {
  canRollOut,
  elements,
  formOf,
  pfxOf,
  pfxPassword,
  portalOf,
  prepare,
  realTimeTenant,
  technicalFor,
  validFrom,
  validUntil,
} from "./portal-support.ts";
import { practise } from "./support.ts";

let certificate: TestCertificate;
let pfx: Buffer;
beforeAll(async () => {
  certificate = testCertificate("Rollout", validFrom(), validUntil());
  pfx = await pfxOf(certificate);
});

async function opened(headers?: Record<string, string>) {
  const { practice } = await practise();
  const portal = portalOf(practice, headers);
  const technical = technicalFor(practice, "6f0e8c1a-5d43-4f0a-9a35-0d5a4c3c7a11", pfx);
  return { practice, portal, technical };
}

/** The labels of a form with the names of their fields, from top to bottom. */
function fieldsIn(html: string, form: RegExp): string[][] {
  const inside = form.exec(html)?.[0] ?? "";
  return [...inside.matchAll(/<label for="(\w+)">([^<]*)<\/label>/g)].map(([, id = "", label = ""]) => {
    const field = [...elements(inside, "input"), ...elements(inside, "select")].find(
      (one) => one["id"] === id,
    );
    return [label, field?.["name"] ?? "", field?.["type"] ?? "select"];
  });
}

const technicalForm = /<form method="post" enctype="multipart\/form-data".*?<\/form>/s;

describe("the practice portal", () => {
  it("leads from Responsibilities and Target systems to the connector's button Setup", async () => {
    const { portal } = await opened();
    const start = await portal.load("/");
    expect(start.url).toMatch(/\/responsibilities$/);
    const paths = elements(start.html, "a").map(({ href }) => href);
    expect(paths).toContain("target-systems");
    expect(start.text).toMatch(/Responsibilities.*Target systems/);
    const list = await portal.load("target-systems");
    expect(list.text).toMatch(/Microsoft Office 365 Exchange Online .* Setup/);
    expect(list.html).toMatch(/<form method="get" action="setup"><button[^>]*>Setup<\/button>/);
  });

  it("has the documentation's fields, in its order and by its names, each with what it means", async () => {
    const { portal } = await opened();
    const { html } = await portal.load("setup");
    expect(fieldsIn(html, /<form method="post".*?<\/form>/s)).toEqual([
      ["Target system instance", "Target system instance", "text"],
      ["Description", "Description", "text"],
      ["Execution server", "Execution server", "select"],
    ]);
    expect(html).toContain("<option>IAM.cloud Gateway</option>");
    const { page } = await portal.setUp();
    expect(fieldsIn(page.html, technicalForm)).toEqual(
      [
        ["ShellDisplay", "text"],
        ["ShellDescription", "text"],
        ["ConnectAppID", "text"],
        ["ConnectPFX", "file"],
        ["ConnectPFXPassword", "password"],
        ["TenantDisplay", "text"],
        ["TenantID", "text"],
        ["OrganizationDisplayName", "text"],
      ].map(([name = "", type = ""]) => [name, name, type]),
    );
    expect(page.text).toContain("The application ID (client ID) with which the connector signs in.");
    for (const { id } of attributes) expect(page.html).toContain(`id="${id}-about"`);
  });

  it("opens the technical attributes when the first form is saved, and needs a name for that", async () => {
    const { portal, practice } = await opened();
    const nameless = await portal.send("setup", new URLSearchParams({ Description: "kept" }));
    expect(nameless.status).toBe(422);
    expect(nameless.text).toContain("Enter the name of the target system instance.");
    expect(nameless.html).toContain('value="kept"');
    const [name] = elements(nameless.html, "input");
    expect(name).toMatchObject({ id: "TargetSystemInstance", "aria-invalid": "true" });
    expect(nameless.html).not.toContain("ShellDisplay");
    expect(practice.data.targetSystems).toEqual([]);
    const { page, id } = await portal.setUp("A & B <Woodgrove>");
    expect(page.text).toContain("Saved. Now fill in the technical attributes.");
    expect(page.html).not.toContain("<Woodgrove>");
    expect((await portal.load("target-systems")).text).toContain("A & B <Woodgrove> Not rolled out yet");
    await portal.send(`instance?id=${id}`, new URLSearchParams({ "Target system instance": "Renamed" }));
    expect((await portal.load(`instance?id=${id}`)).text).toContain("Renamed");
    await portal.send(`remove?id=${id}`, new URLSearchParams());
    expect(practice.data.targetSystems).toEqual([]);
    expect((await portal.load(`instance?id=${id}`)).status).toBe(404);
  });

  it("enables Rollout exactly when all mandatory attributes are saved", async () => {
    const { portal, technical } = await opened();
    const { page, id } = await portal.setUp();
    expect(canRollOut(page)).toBe(false);
    for (const name of Object.keys(technical.texts)) {
      const texts = { ...technical.texts, [name]: " " };
      const saved = await portal.save(id, { ...technical, texts });
      expect(canRollOut(saved)).toBe(false);
      expect(saved.html).toContain(`<li><a href="#${name}">${name}</a></li>`);
    }
    expect(canRollOut(await portal.save(id, technical))).toBe(true);
    const other = await portal.setUp("Other");
    const noFile = await portal.save(other.id, { ...technical, pfx: null });
    expect(canRollOut(noFile)).toBe(false);
    expect((await portal.rollOut(other.id)).status).toBe(409);
    const third = await portal.setUp("Third");
    expect(canRollOut(await portal.save(third.id, { ...technical, password: "" }))).toBe(false);
    expect(canRollOut(await portal.save(third.id, { ...technical, pfx: null }))).toBe(true);
  });

  it("keeps file and password when they are left out, and shows neither the password nor the file", async () => {
    const { portal, technical, practice } = await opened();
    const { id } = await portal.setUp();
    const saved = await portal.save(id, technical);
    expect(saved.text).toContain(
      `Saved: woodgrove.pfx, ${new Intl.NumberFormat("en").format(pfx.length)} bytes`,
    );
    const again = await portal.save(id, { ...technical, pfx: null, password: "" });
    expect(canRollOut(again)).toBe(true);
    for (const page of [saved, again]) expect(page.html).not.toContain(pfxPassword);
    expect(elements(again.html, "input").find(({ type }) => type === "password")).not.toHaveProperty("value");
    const stored = JSON.stringify(practice.data);
    expect(stored).not.toContain(pfxPassword);
    expect(stored).not.toContain(pfx.subarray(100, 130).toString("base64"));
  });

  it("keeps the instances through a restart and asks for file and password again", async () => {
    const practice = realTimeTenant();
    const portal = portalOf(practice);
    const { appId } = await prepare(practice, [certificate]);
    const { id } = await portal.setUp();
    await portal.save(id, technicalFor(practice, appId, pfx));
    practice.close();
    expect(canRollOut(await portal.load(`instance?id=${id}`))).toBe(false);
    const data = structuredClone(practice.data);
    const restarted = portalOf(realTimeTenant({ data }));
    const page = await restarted.load(`instance?id=${id}`);
    expect(page.html).toContain(`value="${appId}"`);
    expect(page.text).toContain("is no longer in memory. Choose it again.");
    expect(canRollOut(page)).toBe(false);
    const { texts } = technicalFor(practice, appId, pfx);
    await restarted.save(id, { texts, pfx: { name: "again.pfx", bytes: pfx }, password: pfxPassword });
    expect((await restarted.rollOut(id)).text).toContain("Connected");
  });

  it("says on every page that it is practice, loads nothing and runs no script", async () => {
    const { portal } = await opened();
    const { page } = await portal.setUp();
    const others = ["responsibilities", "target-systems", "setup", "nowhere", "instance?id=none"];
    for (const one of [page, ...(await Promise.all(others.map(portal.load)))]) {
      expect(one.text).toMatch(/^Practice: /);
      expect(one.html).not.toMatch(/practice\.(portal|sign-in)\./);
      expect(one.html).not.toMatch(/<script|<link|<img|\son\w+=|\sstyle=|https?:/);
      const policy = one.headers.get("Content-Security-Policy") ?? "";
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; form-action 'self';/);
      expect(policy).not.toContain("unsafe");
      expect(one.headers.get("Cache-Control")).toBe("no-store");
    }
  });

  it("speaks the browser's language, or the one asked for, on its own pages and those of the sign-in", async () => {
    const german = /^Übung/;
    const english = /^Practice/;
    const cases: [string, Record<string, string>, RegExp][] = [
      ["target-systems", { "Accept-Language": "de-AT,de;q=0.9,en;q=0.8" }, german],
      ["target-systems", { "Accept-Language": "fr,en;q=0.2,de;q=0.8" }, german],
      ["target-systems", { "Accept-Language": "en-GB" }, english],
      ["target-systems", { "Accept-Language": "ja" }, english],
      ["target-systems", {}, english],
      ["target-systems?lang=de", { "Accept-Language": "en" }, german],
      ["target-systems?lang=en", { "Accept-Language": "de" }, english],
      ["target-systems?ui_locales=fr+de-CH", { "Accept-Language": "en" }, german],
    ];
    for (const [path, headers, expected] of cases) {
      const { portal, practice } = await opened(headers);
      expect((await portal.load(path)).text).toMatch(expected);
      const query = path.split("?")[1] ?? "";
      const page = await portal.load(`https://${practice.hosts.login}/common/oauth2/deviceauth?${query}`);
      expect(page.text).toMatch(expected);
    }
    const { portal } = await opened();
    const saved = await portal.send(
      "setup?lang=de",
      new URLSearchParams({ "Target system instance": "Exchange" }),
    );
    expect(new URL(saved.url).searchParams.get("lang")).toBe("de");
    expect(saved.html).toContain('<html lang="de">');
    const links = elements(saved.html, "form").map(({ action }) => action);
    expect(links.every((link) => link?.includes("lang=de"))).toBe(true);
  });

  it("refuses forms that another website sends, and too many instances", async () => {
    const foreign = await opened({ "Sec-Fetch-Site": "cross-site" });
    const refused = await foreign.portal.setUp();
    expect(refused.page.status).toBe(403);
    expect(foreign.practice.data.targetSystems).toEqual([]);
    const { portal, practice } = await opened({ "Sec-Fetch-Site": "same-origin" });
    for (let count = 0; count < 50; count += 1) await portal.setUp(`Instance ${count}`);
    expect((await portal.setUp("One more")).page.text).toContain("There are 50 instances already.");
    expect(practice.data.targetSystems).toHaveLength(50);
  });

  it("can be made to fail like every other service", async () => {
    const { portal, practice } = await opened();
    practice.faults.add({
      on: ({ service }) => service === "portal",
      fault: { kind: "unavailable" },
      times: 1,
    });
    expect((await portal.load("target-systems")).status).toBe(503);
    expect((await portal.load("target-systems")).status).toBe(200);
  });
});

describe("a hostile upload", () => {
  const send = async (body: BodyInit, headers: Record<string, string> = {}) => {
    const { portal, practice } = await opened();
    const { id } = await portal.setUp();
    const url = `https://${practice.hosts.portal}/attributes?id=${id}`;
    const response = await practice.handle(new Request(url, { method: "POST", body, headers }));
    return { status: response.status, html: await response.text(), system: practice.data.targetSystems[0] };
  };
  const technical = (more: object) => {
    const texts = { ShellDisplay: "typed before" };
    return formOf({ texts, pfx: { name: "a.pfx", bytes: pfx }, password: "x", ...more });
  };

  it.each<[string, () => BodyInit, number, string]>([
    [
      "larger than any PFX",
      () => technical({ pfx: { name: "a.pfx", bytes: new Uint8Array(1_048_577) } }),
      413,
      "larger than 1 MB",
    ],
    [
      "larger than any form",
      () => technical({ pfx: { name: "a.pfx", bytes: new Uint8Array(3_000_000) } }),
      413,
      "larger than 1 MB",
    ],
    [
      "empty",
      () => technical({ pfx: { name: "a.pfx", bytes: new Uint8Array() } }),
      422,
      "The chosen file is empty",
    ],
    ["with an endless password", () => technical({ password: "x".repeat(2_000) }), 422, "password is longer"],
    [
      "with an endless text",
      () => technical({ texts: { ShellDisplay: "x".repeat(501) } }),
      422,
      "longer than 500",
    ],
    ["of another type", () => new URLSearchParams({ ShellDisplay: "x" }), 400, "arrived incomplete"],
    ["without a body", () => "", 400, "arrived incomplete"],
  ])("%s is refused in words, and nothing is saved", async (_, body, status, text) => {
    const answer = await send(body());
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(text);
    expect(answer.html).toContain('role="alert"');
    expect(answer.system).toMatchObject({ attributes: null, pfx: null });
  });

  it("that announces more than it may is refused before it is read", async () => {
    const answer = await send("x", {
      "Content-Length": "99999999",
      "Content-Type": "multipart/form-data; boundary=x",
    });
    expect(answer.status).toBe(413);
  });

  it("keeps what was typed when the file is refused", async () => {
    const answer = await send(technical({ pfx: { name: "a.pfx", bytes: new Uint8Array() } }));
    expect(answer.html).toContain('value="typed before"');
  });

  it("has its name shown as text only", async () => {
    const { portal, practice, technical: good } = await opened();
    const { id } = await portal.setUp();
    const name = 'C:\\keys\\"><script>alert(1)</script>\u202e.pfx';
    const page = await portal.save(id, { ...good, pfx: { name, bytes: pfx } });
    expect(page.html).not.toContain("<script");
    expect(practice.data.targetSystems[0]?.pfx?.fileName).toBe("script>.pfx");
  });
});
