/**
 * Runs the certificate worker in a plain Node process: gives it the `process.parentPort` of Electron's utility
 * process over Node's own channel. The worker's file is the first argument.
 */
import { flushCompileCache } from "node:module";
import { pathToFileURL } from "node:url";

const [script] = process.argv.slice(2);
if (!script) throw new Error("Which worker?");

Object.assign(process, {
  parentPort: {
    on(_event: "message", listener: (event: { data: unknown }) => void) {
      process.on("message", (data) => listener({ data }));
    },
    postMessage(message: object) {
      process.send?.(message);
    },
  },
});
await import(pathToFileURL(script).href);
// Most workers are killed, and Node keeps what it compiled only at an orderly end.
flushCompileCache();
