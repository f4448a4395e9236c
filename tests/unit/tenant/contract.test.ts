import { describe, expect, test } from "vitest";
import { sampleNames } from "../../../main/practice/samples.ts";
import { problemsOfAnswer, problemsOfRequest } from "../practice/contract.ts";
import { openRollout } from "./measure.ts";

interface Part {
  id: string;
  method: string;
  url: string;
  body?: unknown;
}

/** The parts of a batch, or the request alone, with the path decoded and without its query. */
async function partsOf(request: Request): Promise<Part[]> {
  const text = await request.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const path = new URL(request.url).pathname.replace("/v1.0", "");
  const parts = path === "/$batch" ? (body as { requests: Part[] }).requests : null;
  return (parts ?? [{ id: "0", method: request.method, url: path, body }]).map((part) => ({
    ...part,
    url: decodeURIComponent(part.url.replace(/\?.*$/, "")),
  }));
}

async function answersOf(response: Response): Promise<unknown[]> {
  const text = await response.text();
  if (!response.ok || text === "") return [];
  const body = JSON.parse(text) as { responses?: { status: number; body?: unknown }[] };
  if (body.responses === undefined) return [body];
  return body.responses
    .filter((part) => part.status < 300 && part.body !== undefined)
    .map((part) => part.body);
}

describe("what the app sends to Microsoft Graph", () => {
  test.each(sampleNames)("fits Microsoft's own types, and so does every answer: “%s”", async (sample) => {
    const application = { displayName: "IAM.cloud Exchange Online", uniqueName: "exchange-rollout-setup-1" };
    const rollout = await openRollout({ lag: { reads: 0, ms: 0 }, latencyMs: 0 }, { sample, application });
    const problems: string[] = [];
    const kinds = new Set<string>();
    rollout.watch = async (request, response) => {
      for (const { method, url, body } of await partsOf(request)) {
        kinds.add(`${method} ${url.split(/[/(]/)[1] ?? ""}`);
        problems.push(...problemsOfRequest(method, url, body));
      }
      problems.push(...(await answersOf(response)).flatMap(problemsOfAnswer));
    };
    await rollout.run();
    await rollout.undo();
    await rollout.run();
    expect(problems).toEqual([]);
    // Where somebody else's application has the name, nothing is planned without the user's word.
    const writes = [...kinds].filter((kind) => !kind.startsWith("GET "));
    expect(writes.length).toBeGreaterThanOrEqual(sample === "same-name" ? 0 : 6);
    expect(kinds.size).toBeGreaterThan(5);
  });
});
