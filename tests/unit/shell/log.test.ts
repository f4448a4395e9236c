import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../../main/errors.ts";
import { watchFailures } from "../../../main/shell/failures.ts";
import { openLog } from "../../../main/shell/log.ts";

let root: string;
const clock = { now: () => new Date("2026-11-24T10:00:00Z") };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "log-"));
});
afterEach(() => rmSync(root, { recursive: true }));
const open = (options = {}) =>
  openLog({ folder: join(root, "logs"), clock, homeFolder: "/home/anna", ...options });

describe("the log", () => {
  it("writes one line per entry, with an error's code and its causes", () => {
    const log = open();
    log.error(
      "saving failed",
      new AppError("disk-full", { path: "secret place" }, new Error("ENOSPC\nno space")),
    );
    const [line, rest] = readFileSync(join(root, "logs", "app.log"), "utf8").split("\n");
    expect(line).toMatch(
      /^2026-11-24T10:00:00\.000Z error saving failed: AppError disk-full .*caused by Error: ENOSPC \| no space/,
    );
    expect(line).not.toContain("secret place");
    expect(rest).toBe("");
  });

  it("hides secrets and the user's home folder", () => {
    const log = open();
    log.warn("reading", new Error("/home/anna/x.pfx password=hunter2"));
    expect(log.recent()).toContain("~/x.pfx password=[secret]");
    expect(log.recent()).not.toContain("anna");
  });

  it("keeps of a path only the ending, because files are named after customers", () => {
    const log = open();
    try {
      readFileSync("/srv/Contoso AG/connect.contoso.org.pfx");
    } catch (error) {
      log.warn("reading", new AppError("file-not-found", {}, error));
    }
    expect(log.recent()).toMatch(/ENOENT: no such file or directory, open '\*\.pfx'/);
    expect(log.recent().toLowerCase()).not.toContain("contoso");
  });

  it("survives an error that is its own cause, and things thrown that are no errors", () => {
    const log = open();
    const loop = new Error("loop");
    loop.cause = loop;
    log.error("a", loop);
    log.error("b", "password is hunter2");
    expect(log.recent()).toContain("b: thrown string");
    expect(log.recent()).not.toContain("hunter2");
  });

  it("keeps at most three files of the given size, and the newest lines", () => {
    const log = open({ maxBytes: 1_000 });
    for (let index = 0; index < 200; index += 1) log.info(`entry ${index}`);
    const names = readdirSync(join(root, "logs")).toSorted();
    expect(names).toEqual(["app.1.log", "app.2.log", "app.log"]);
    for (const name of names) expect(statSync(join(root, "logs", name)).size).toBeLessThanOrEqual(1_000);
    expect(log.recent().trimEnd().endsWith("entry 199")).toBe(true);
  });

  it("goes on in the file of the last run and counts its size", () => {
    open({ maxBytes: 1_000 }).info("x ".repeat(450));
    open({ maxBytes: 1_000 }).info("y ".repeat(450));
    expect(readdirSync(join(root, "logs")).toSorted()).toEqual(["app.1.log", "app.log"]);
  });

  it("stops no work when it cannot be written", () => {
    const log = openLog({ folder: "/dev/null/logs", clock, homeFolder: "" });
    expect(() => log.error("lost")).not.toThrow();
    expect(log.recent()).toBe("");
  });
});

describe("a failure that nobody caught", () => {
  it("is logged each time and told once", () => {
    const listeners: ((reason: unknown) => void)[] = [];
    const log = open();
    let told = 0;
    watchFailures({ on: (_event, listener) => listeners.push(listener) }, log, () => {
      told += 1;
    });
    expect(listeners).toHaveLength(2);
    for (const listener of listeners) listener(new Error("boom"));
    expect(told).toBe(1);
    expect(log.recent().match(/boom/g)).toHaveLength(2);
  });
});
