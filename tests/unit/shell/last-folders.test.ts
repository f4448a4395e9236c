import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLastFolders } from "../../../main/shell/file-choices.ts";

describe("the folders chosen last", () => {
  it("are remembered for each purpose, and forgotten once they are gone", async () => {
    const root = await mkdtemp(join(tmpdir(), "rollout-folders-"));
    const file = join(root, "folders.json");
    const folders = await openLastFolders(file);
    await folders.set("certificate", root);
    await folders.set("setup", join(root, "gone"));
    const again = await openLastFolders(file);
    expect(again.get("certificate")).toBe(root);
    expect(again.get("setup")).toBeNull();
    expect(again.get("handover")).toBeNull();
  });

  it("that cannot be written down stop nobody from saving where they chose", async () => {
    const folders = await openLastFolders("/dev/null/folders.json");
    await expect(folders.set("certificate", tmpdir())).resolves.toBeUndefined();
    expect(folders.get("certificate")).toBe(tmpdir());
  });
});
