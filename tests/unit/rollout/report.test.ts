import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { administratorHtml } from "../../../main/rollout/report/administrator.ts";
import { auditorHtml } from "../../../main/rollout/report/auditor.ts";
import { buildReport } from "../../../main/rollout/report/build.ts";
import { reportFileSchema, reportJson } from "../../../main/rollout/report/json.ts";
import { inFours } from "../../../main/rollout/report/elements.ts";
import { cssString, markup } from "../../../main/rollout/report/markup.ts";
import {
  confirmExchanged,
  startRotation,
  withdrawExchanged,
} from "../../../main/rollout/rotation-intents.ts";
import { removeCertificate } from "../../../main/setups/certificate-records.ts";
import { confirm, markNotApplicable, recordRollout, rename } from "../../../main/setups/intents.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { applicationId, emptySetup, now, observed, readySetup, sha1, tenantId } from "../setups/sample.ts";
import { entry, english, finishedSetup, german, reportInput, requestId, viewOf } from "./report-sample.ts";
import { after, at, green, newSha1, read, tried, withNewPair } from "./rotation-sample.ts";

const report = buildReport(reportInput());
const pages = { administrator: administratorHtml, auditor: auditorHtml };
const roles = ["administrator", "auditor"] as const;

const repeated = (state: string, times: number) => Array.from({ length: times }, () => state);

/** Any characters at all, half surrogates among them. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x10_ffff })))
  .map((codes) => codes.map((code) => String.fromCodePoint(code)).join(""));

describe("the report", () => {
  test("is data that its own schema reads, whole and without anything else", () => {
    const file: unknown = JSON.parse(reportJson(report, [english, german]));
    expect(reportFileSchema.strict().parse(file)).toEqual(file);
    expect(file).toMatchObject({
      format: "exchange-rollout-report",
      formatVersion: 1,
      stage: "connected",
      certificate: { sha1 },
      texts: {
        en: { steps: { "api-permissions": { title: "API permissions", state: "Done" } } },
        de: { steps: { "api-permissions": { title: "API-Berechtigungen", state: "Erledigt" } } },
      },
    });
  });

  test("has every step with its status, its basis and all evidence, oldest first", () => {
    expect(report.steps.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    const [withdrawn, confirmed] = report.steps[1]?.evidence ?? [];
    expect(withdrawn?.withdrawnAt).toBe(now.toISOString());
    expect(confirmed).toMatchObject({ basis: "confirmed", by: "Ada Lovelace", withdrawnAt: null });
  });

  test.each(roles)("shows the %s values, thumbprints, dates, permissions and changes", (role) => {
    const page = pages[role](report, english);
    const grouped = sha1.replace(/(.{4})(?=.)/g, "$1 ");
    for (const shown of [applicationId, tenantId, grouped, "2027", "Exchange.ManageAsApp", "Delete the app"])
      expect(page).toContain(shown);
  });

  test("gives the administrator a line for the password and a way to renew, and spares them request ids", () => {
    const page = administratorHtml(report, english);
    expect(page).toContain("write it by hand");
    expect(page).toContain("When the certificate expires");
    expect(page).toContain("24 October 2027");
    expect(page).not.toContain(requestId);
  });

  test("gives the auditor notes, accounts, request ids and what was withdrawn", () => {
    const page = auditorHtml(report, english);
    for (const shown of [
      requestId,
      "Asked Bob; the domain is right.",
      "signed in as admin@contoso.onmicrosoft.com",
      "Withdrawn",
      report.setup.id,
    ])
      expect(page).toContain(shown);
    expect(page).not.toContain("write it by hand");
  });

  test("says when nothing is rolled out yet, and when the Rollout failed", () => {
    const open = buildReport(reportInput({ view: viewOf(readySetup()) }));
    const failed = recordRollout(
      readySetup(),
      { result: "failed", text: "UnAuthorized", by: "Ada" },
      observed,
    );
    const broken = buildReport(reportInput({ view: viewOf(failed) }));
    for (const role of roles) {
      expect(pages[role](open, english)).toContain("Not rolled out yet");
      expect(pages[role](broken, english)).toContain("Not connected");
      expect(pages[role](broken, english)).toContain("UnAuthorized");
      expect(pages[role](report, english)).not.toContain("Not rolled out yet");
    }
  });

  test("marks practice in the title, on the page and on top of every sheet", () => {
    const practice = buildReport(reportInput({ view: viewOf({ ...finishedSetup(), practice: true }) }));
    for (const role of roles) {
      const page = pages[role](practice, german);
      expect(page).toContain("<title>Übungseinrichtung · ");
      expect(page).toContain('<p class="notice">Übung: ');
      expect(page).toContain(`@top-left { content: ${cssString("Übungseinrichtung")};`);
      expect(pages[role](report, german)).not.toContain("Übung");
    }
  });

  test("says during an exchange which certificate the portal has, and how far the exchange is", () => {
    const begun = startRotation(finishedSetup(), "Ada", after(1));
    const beside = tried(read(withNewPair(begun, 2), new Set([sha1, newSha1]), 3), green, 4);
    const exchanged = confirmExchanged(beside, "Grace", "", at(5));
    for (const [document, notice, states] of [
      [begun, "The new one has not been made yet", ["open", ...repeated("blocked", 5)]],
      [
        beside,
        "the portal still has the old one",
        [...repeated("done", 3), "open", ...repeated("blocked", 2)],
      ],
      [
        recordRollout(exchanged, { result: "failed", text: "", by: "Ada" }, at(6)),
        "the portal has the new one already",
        [...repeated("done", 4), "attention", "blocked"],
      ],
      [
        withdrawExchanged(exchanged, after(6)),
        "the portal still has the old one",
        [...repeated("done", 3), "open", ...repeated("blocked", 2)],
      ],
      [
        removeCertificate(exchanged, after(6)),
        "has since been replaced in this setup",
        ["open", ...repeated("blocked", 5)],
      ],
      [exchanged, "the portal has the new one already", [...repeated("done", 4), "open", "blocked"]],
    ] as const) {
      const one = buildReport(reportInput({ view: viewOf(document) }));
      expect(one.exchange).toMatchObject({ by: "Ada", old: { sha1 } });
      expect(one.exchange?.steps.map(({ state }) => state)).toEqual(states);
      const file: unknown = JSON.parse(reportJson(one, [english, german]));
      expect(reportFileSchema.strict().parse(file)).toEqual(file);
      for (const role of roles) {
        const page = pages[role](one, english);
        expect(page).toContain(notice);
        expect(page).toContain(inFours(sha1));
        expect(pages[role](report, english)).not.toContain(notice);
      }
    }
    const page = auditorHtml(buildReport(reportInput({ view: viewOf(exchanged) })), english);
    expect(page).toContain(inFours(newSha1));
    expect(page).toContain("Confirmed by Grace, ");
    expect(page).toContain("Not rolled out with the new certificate yet.");
    const renewal = (document: SetupDocument) =>
      /The certificate ends on [^;]*/.exec(
        administratorHtml(buildReport(reportInput({ view: viewOf(document) })), english),
      )?.[0];
    expect(renewal(beside)).toBe("The certificate ends on 23 November 2027");
    expect(renewal(exchanged)).toBe("The certificate ends on 23 November 2027");
    const anew = recordRollout(exchanged, { result: "connected", text: "", by: "Ada" }, at(6));
    expect(renewal(anew)).toBe("The certificate ends on 23 November 2028");
    expect(renewal(removeCertificate(exchanged, after(6)))).toBeUndefined();
  });

  test("names earlier exchanges that came to their end", () => {
    const newer = "CD".repeat(20);
    const entries = [
      entry(1, "rotation-started", { by: "Ada", sha1 }),
      entry(2, "rotation-canceled", { sha1 }),
      entry(3, "rotation-started", { by: "Grace", sha1 }),
      entry(4, "rotation-finished", { old: sha1, sha1: newSha1 }),
      entry(5, "rotation-finished", { old: newSha1, sha1: newer }),
      entry(6, "rotation-started", { by: "Bob", sha1: newer }),
    ];
    const activity = { entries, chain: { intact: true, brokenAt: null } };
    const one = buildReport(reportInput({ activity }));
    const when = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString();
    expect(one.exchanges).toEqual([
      { startedAt: when(3), by: "Grace", finishedAt: when(4), oldSha1: sha1, newSha1 },
      { startedAt: null, by: "", finishedAt: when(5), oldSha1: newSha1, newSha1: newer },
    ]);
    for (const role of roles) {
      const page = pages[role](one, english);
      expect(page).toContain("by Grace");
      expect(page).toContain(inFours(newer));
      expect(page).not.toContain("by Bob");
    }
  });

  test("says why a step does not apply", () => {
    const document = markNotApplicable(finishedSetup(), "exchange-role", "Bob", "Role by group", now);
    const page = auditorHtml(buildReport(reportInput({ view: viewOf(document) })), english);
    expect(page).toContain("Role by group (Bob, ");
  });

  test.each(roles)(
    "has words for everything the %s reads, in both languages, also of an empty setup",
    (role) => {
      const empty = buildReport(reportInput({ view: viewOf(emptySetup()) }));
      const exchanging = startRotation(finishedSetup(), "", after(1));
      const finished = entry(1, "rotation-finished", { old: sha1, sha1: newSha1 });
      const activity = { entries: [finished], chain: { intact: true, brokenAt: null } };
      const exchange = buildReport(reportInput({ view: viewOf(exchanging), activity }));
      for (const words of [english, german])
        for (const one of [report, empty, exchange]) {
          const page = pages[role](one, words);
          const text = page.replace(/<style>.*<\/style>/s, "").replace(/<[^>]*>/g, " ");
          expect(text).not.toMatch(
            /\b(report|rotation|problems|dryRun|steps|states|evidence|certificate|fields|reasons|checks|labels)\.[a-z]/,
          );
          expect(text).not.toMatch(/\{\{|\[object|undefined|null/);
        }
    },
  );
});

describe("the page", () => {
  test("allows nothing but its own style, by its hash, and has no script and no style attribute", async () => {
    for (const role of roles) {
      const page = pages[role](report, english);
      const [, policy = ""] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page) ?? [];
      const [, style = ""] = /<style>(.*)<\/style>/s.exec(page) ?? [];
      const hash = await crypto.subtle.digest("SHA-256", Buffer.from(style));
      expect(policy).toBe(
        `default-src &#39;none&#39;; style-src &#39;sha256-${Buffer.from(hash).toString("base64")}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
      );
      expect(page).not.toMatch(/<script|\sstyle=|\son[a-z]+=|https?:\/\/(?!portal\.iam\.example)/i);
    }
  });

  test("names its language, has one main heading, and heads for every column and row", () => {
    for (const words of [english, german])
      for (const role of roles) {
        const page = pages[role](report, words);
        expect(page).toContain(`<html lang="${words.language}">`);
        expect(page.match(/<h1[ >]/g)).toHaveLength(1);
        expect(page.match(/<th(?! scope=)[ >]/g)).toBeNull();
        const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }
  });

  test("keeps whatever people typed as text", () => {
    const typed = fc.string({
      unit: fc.constantFrom(..."<>&\"'`=/\\ \n{}$;:-!".split(""), "script", "style", "é", "\u0000"),
      minLength: 1,
    });
    fc.assert(
      fc.property(typed, typed, typed, (name, note, text) => {
        fc.pre(name.trim() !== "" && !/^\p{Cc}*$/u.test(name.trim()));
        let document = rename(finishedSetup(), `x${name}`);
        document = confirm(document, "create-application", `b${name}`, note, observed);
        document = recordRollout(document, { result: "failed", text, by: `c${note}` }, observed);
        const one = buildReport(reportInput({ view: viewOf(document) }));
        for (const role of roles) {
          const page = pages[role](one, english);
          expect(tags(page)).toEqual(tags(pages[role](plain(one), english)));
          expect(page.match(/<\/style/gi)).toHaveLength(1);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("escapes every character that markup gives a meaning", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = markup`<p>${text}</p>`.toString().slice(3, -4);
        expect(written).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
        expect(cssString(text).slice(1, -1)).toMatch(/^(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*$/);
      }),
    );
  });

  test("stays whole with very long words, and names them shortly below each sheet", () => {
    const long = "x".repeat(200);
    const one = buildReport(reportInput({ view: viewOf(rename(finishedSetup(), long)) }));
    const page = administratorHtml(one, english);
    expect(page).toContain(long);
    expect(page).not.toContain(`@bottom-left { content: "${"x".repeat(61)}`);
  });
});

describe("secrets", () => {
  test("never get into a report, wherever a view may carry them", () => {
    const canary = "Canary-7f3a-Password";
    const view = viewOf(finishedSetup());
    const planted = {
      ...view,
      canary,
      password: { ...view.password, value: canary },
      attributes: view.attributes.map((attribute) =>
        attribute.kind === "text" ? { ...attribute, canary } : { ...attribute, value: canary, canary },
      ),
      steps: view.steps.map((step) => ({ ...step, canary })),
      certificate:
        view.certificate === null
          ? null
          : {
              ...view.certificate,
              privateKey: canary,
              exports: [{ kind: "pfx" as const, at: now.toISOString(), path: `/home/ada/${canary}` }],
              pfx:
                view.certificate.pfx === null
                  ? null
                  : { ...view.certificate.pfx, path: `/home/ada/${canary}`, password: canary },
            },
      rollout: { ...view.rollout, handover: { at: now.toISOString(), path: `/home/ada/${canary}` } },
    };
    const { entries, chain } = reportInput().activity;
    const activity = {
      chain,
      entries: entries.map((line) => ({ ...line, details: { ...line.details, password: canary } })),
    };
    const one = buildReport(reportInput({ view: planted, activity, changes: activity.entries }));
    const written = [
      reportJson(one, [english, german]),
      ...[english, german].flatMap((words) => roles.map((role) => pages[role](one, words))),
    ];
    for (const text of written) expect(text).not.toContain(canary);
  });
});

/** The page's elements in their order, without what is in them. */
function tags(page: string): string[] {
  const body = page.slice(page.indexOf("<body>"));
  return [...body.matchAll(/<\/?[a-z0-9]+/gi)].map(([tag]) => tag);
}

/** The same report with harmless texts in place of what people typed. */
function plain(one: ReturnType<typeof buildReport>): ReturnType<typeof buildReport> {
  const word = (text: string) => (text === "" ? "" : "x");
  return {
    ...one,
    setup: { ...one.setup, name: "x" },
    rollout: one.rollout === null ? null : { ...one.rollout, text: word(one.rollout.text), by: "x" },
    steps: one.steps.map((step) => ({
      ...step,
      by: step.by === null ? null : word(step.by),
      evidence: step.evidence.map((item) => ({ ...item, by: word(item.by), note: word(item.note) })),
    })),
  };
}
