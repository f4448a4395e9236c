/** `npm run bench`: measures the built app on this machine, in one run, and prints medians beside the targets. */
import { cpus, totalmem } from "node:os";
import { findElectron } from "../electron/electron-program.ts";
import { findHeadlessChromium } from "../electron/stand-in/find-chromium.ts";
import { buildIfNeeded } from "../support/build.ts";
import { benchApp } from "./app.ts";
import { benchBulk } from "./bulk.ts";
import { benchBundles } from "./bundles.ts";
import { benchCertificates } from "./certificates.ts";
import { benchRequests } from "./requests.ts";
import type { Row } from "./row.ts";

await buildIfNeeded();
const host = findElectron() ?? `the stand-in on ${findHeadlessChromium() ?? "no Chromium"}`;
const cores = cpus();
console.log(
  `${cores.length} × ${cores[0]?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${host}\n`,
);

const sections: [string, () => Promise<Row[]>][] = [
  ["Certificates (medians)", benchCertificates],
  ["Many certificates", () => benchBulk()],
  ["App", benchApp],
  ["Bundles", benchBundles],
  ["Requests to Microsoft Graph", benchRequests],
];
let missed = 0;
for (const [title, measure] of sections) {
  console.log(title);
  for (const { what, value, unit, target } of await measure()) {
    const digits = unit === "requests" ? 0 : unit === "×" ? 2 : value < 10 ? 1 : 0;
    const shown = `${value.toFixed(digits)} ${unit}`;
    const verdict =
      target === null
        ? ""
        : value <= target
          ? `  (target ≤ ${target}: met)`
          : `  (target ≤ ${target}: MISSED)`;
    if (target !== null && value > target) missed += 1;
    console.log(`  ${what.padEnd(72)} ${shown.padStart(12)}${verdict}`);
  }
  console.log("");
}
console.log(missed === 0 ? "All targets met." : `${missed} target(s) missed.`);
