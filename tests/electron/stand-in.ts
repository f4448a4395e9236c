/** `node tests/electron/stand-in.ts <folder> [--switches]`, as `electron <folder> [--switches]`. */
import { runStandIn } from "./stand-in/run.ts";

runStandIn(process.argv.slice(2));
