import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyHeader, productionPolicy } from "../../../main/shell/csp.ts";
import { answerFor, listServedFiles, type ServedFiles } from "../../../main/shell/served-files.ts";

let root: string;
let files: ServedFiles;
const get = (url: string) => answerFor({ method: "GET", url }, files);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "served-"));
  const folder = join(root, "renderer");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  await writeFile(join(folder, "assets", "index-1.js"), "1");
  await writeFile(join(folder, "assets", "index-1.css"), "");
  await writeFile(join(folder, "assets", "index-1.js.map"), "{}");
  await writeFile(join(root, "secret.html"), "secret");
  await symlink(join(root, "secret.html"), join(folder, "link.html"));
  files = await listServedFiles(folder);
});
afterAll(() => rm(root, { recursive: true }));

describe("the app's own files", () => {
  it("are listed once; links, and types that no page needs, are left out", () => {
    expect([...files.keys()].toSorted()).toEqual([
      "/assets/index-1.css",
      "/assets/index-1.js",
      "/index.html",
    ]);
  });

  it.each([
    ["app://main/", "text/html; charset=utf-8"],
    ["app://main/index.html?x#y", "text/html; charset=utf-8"],
    ["app://main/assets/index-1.js", "text/javascript; charset=utf-8"],
    ["app://main/assets/index-1.css", "text/css; charset=utf-8"],
  ])("answer %s with its type", (url, type) => {
    const answer = get(url);
    expect(answer.status).toBe(200);
    expect(answer.headers["Content-Type"]).toBe(type);
  });

  it.each([
    "app://main/../secret.html",
    "app://main/..%2fsecret.html",
    "app://main/%2e%2e/secret.html",
    "app://main/assets/../../secret.html",
    "app://main/..\\secret.html",
    "app://main/%5c..%5csecret.html",
    "app://main//etc/passwd",
    "app://main/link.html",
    "app://main/assets",
    "app://main/assets/",
    "app://main/index.html%00",
    "app://main/INDEX.HTML",
    "app://main/assets/index-1.js.map",
    "app://other/index.html",
    "app://x@main/index.html",
    "file:///index.html",
    "https://main/index.html",
  ])("do not include %s", (url) => {
    const answer = get(url);
    expect(answer).toMatchObject({ status: 404, file: null });
  });

  it("refuse everything but GET", () => {
    for (const method of ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get"]) {
      expect(answerFor({ method, url: "app://main/index.html" }, files)).toMatchObject({
        status: 405,
        file: null,
      });
    }
  });

  it("never lead out of the list and always carry the policy, whatever is asked", () => {
    const known = new Set(files.values());
    const parts = fc.constantFrom(
      "..",
      ".",
      "%2e%2e",
      "/",
      "\\",
      "%5c",
      "%2f",
      "assets",
      "index.html",
      "secret.html",
      "%00",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts).map((p) => p.join("")),
          fc.string(),
          fc.webPath(),
        ),
        (path) => {
          const answer = get(`app://main/${path}`);
          expect(answer.file === null || known.has(answer.file)).toBe(true);
          expect(answer.headers["Content-Security-Policy"]).toBe(policyHeader(productionPolicy));
          expect(answer.headers["X-Content-Type-Options"]).toBe("nosniff");
        },
      ),
    );
  });
});
