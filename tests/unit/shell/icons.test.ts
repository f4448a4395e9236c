import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const asset = (name: string) => readFileSync(new URL(`../../../assets/${name}`, import.meta.url));

/** Width and height from a PNG's header (PNG specification, 11.2.2). */
function pngSize(png: Buffer): [number, number] {
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe("the app's icon", () => {
  it("is a large picture, and one for each size Linux desktops ask for", () => {
    expect(pngSize(asset("icon.png"))).toEqual([1024, 1024]);
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
      expect(pngSize(asset(`icons/${size}x${size}.png`))).toEqual([size, size]);
    }
  });

  it("is a Windows icon whose entries are the pictures they say they are", () => {
    const ico = asset("icon.ico");
    const count = ico.readUInt16LE(4);
    const sizes = Array.from({ length: count }, (_, index) => {
      const entry = 6 + 16 * index;
      const offset = ico.readUInt32LE(entry + 12);
      const [width] = pngSize(ico.subarray(offset, offset + ico.readUInt32LE(entry + 8)));
      expect(ico[entry]).toBe(width % 256);
      return width;
    });
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  });

  it("is a macOS icon with every size from 16 to 1024", () => {
    const icns = asset("icon.icns");
    expect(icns.subarray(0, 4).toString("latin1")).toBe("icns");
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
      sizes.push(pngSize(icns.subarray(at + 8))[0]);
    expect([...new Set(sizes)]).toEqual([16, 32, 64, 128, 256, 512, 1024]);
  });
});
