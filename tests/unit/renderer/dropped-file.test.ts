import { describe, expect, it } from "vitest";
import type { DroppedFile } from "../../../renderer/ui/dropped-file.ts";
import { readDropped } from "../../../renderer/ui/dropped-file.ts";

function file(name: string, bytes: Uint8Array<ArrayBuffer>): DroppedFile {
  return { name, getFile: async () => new File([bytes], name) };
}

describe("a dropped file", () => {
  it("is read with its name", async () => {
    expect(await readDropped([file("a.pfx", new Uint8Array([1, 2, 3]))], 3)).toEqual({
      name: "a.pfx",
      bytes: new Uint8Array([1, 2, 3]),
    });
  });

  it("is refused unread when it is larger than allowed", async () => {
    let wasRead = false;
    const huge: DroppedFile = {
      name: "huge.pfx",
      getFile: async () => ({
        name: "huge.pfx",
        size: 100_000_000,
        arrayBuffer: async () => {
          wasRead = true;
          return new ArrayBuffer(0);
        },
      }),
    };
    expect(await readDropped([huge], 1_048_576)).toBe("too-large");
    expect(wasRead).toBe(false);
  });

  it("must be the only one", async () => {
    const one = file("a.pfx", new Uint8Array(1));
    expect(await readDropped([one, one], 10)).toBe("one-file");
    expect(await readDropped([], 10)).toBe("one-file");
  });

  it("that is gone by now is named as unreadable", async () => {
    const gone: DroppedFile = { name: "a.pfx", getFile: () => Promise.reject(new Error("NotFoundError")) };
    expect(await readDropped([gone], 10)).toBe("unreadable");
  });
});
