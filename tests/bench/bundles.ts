import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../support/project.ts";
import type { Row } from "./row.ts";

/** Sizes of what is shipped, plain and compressed. */
export async function benchBundles(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of ["main", "preload", "renderer"]) {
    const folder = join(root, "dist", part);
    let plain = 0;
    let compressed = 0;
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      plain += bytes.length;
      compressed += gzipSync(bytes).length;
    }
    rows.push({ what: `${part} bundle`, value: plain / 1000, unit: "kB", target: null });
    rows.push({ what: `${part} bundle, gzip`, value: compressed / 1000, unit: "kB", target: null });
  }
  return rows;
}
