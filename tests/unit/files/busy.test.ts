import { describe, expect, it } from "vitest";
import { outlastBusy } from "../../../main/files/busy.ts";

/** Fails with the codes in turn, then works; gives how often it was tried. */
function failing(...codes: string[]) {
  const work = { tried: 0 };
  return {
    work,
    run: async () => {
      const code = codes[work.tried];
      work.tried += 1;
      if (code !== undefined) throw Object.assign(new Error(code), { code });
    },
  };
}

describe("a file that another program holds for a moment", () => {
  it("is tried again on Windows until it is free", async () => {
    const { work, run } = failing("EBUSY", "EPERM", "EACCES");
    await outlastBusy(run, "win32");
    expect(work.tried).toBe(4);
  });

  it.each([
    ["another failure on Windows", "ENOENT", "win32"],
    ["a missing right elsewhere", "EPERM", "linux"],
  ] as const)("%s is told at once", async (_what, code, platform) => {
    const { work, run } = failing(code);
    await expect(outlastBusy(run, platform)).rejects.toMatchObject({ code });
    expect(work.tried).toBe(1);
  });
});
