/** For programs that are killed: Node would keep what it compiled only at an orderly end. */
import { flushCompileCache } from "node:module";

setImmediate(flushCompileCache);
