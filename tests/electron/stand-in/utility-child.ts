/** First code of a utility process: puts `process.parentPort` in place, then runs the module it was asked to. */
import { EventEmitter } from "node:events";
import { createRequire, flushCompileCache } from "node:module";
import { resolve } from "node:path";

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(structuredClone(message));
    // Most of these processes are killed, and Node keeps what it compiled only at an orderly end.
    flushCompileCache();
  }
  start(): void {}
}

const [program = process.execPath, , modulePath = "", ...args] = process.argv;
const parentPort = new ParentPort();
Object.defineProperty(process, "parentPort", { value: parentPort });
process.argv = [program, resolve(modulePath), ...args];
process.on("message", (data) => parentPort.emit("message", { data, ports: [] }));
process.on("disconnect", () => process.exit(0));
createRequire(import.meta.url)(resolve(modulePath));
