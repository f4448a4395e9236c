import "./keep-compiled.ts";
import { choices, listOf, opened, placed } from "../unit/bulk/batch.ts";
import { reopen } from "./batch-app.ts";
import { spawnTestWorker } from "./worker-process.ts";

/** Begins a batch, or goes on with the one of the folder, until it is done or killed. */
const [
  workerFile,
  userData = "",
  keychain = "",
  folder = "",
  passwords = "vault",
  count = "1",
  listPassword = "",
] = process.argv.slice(2);
const app = await reopen(userData, keychain, () => spawnTestWorker(workerFile));
const isList = passwords === "list";
if (listPassword === "") {
  const { batchId } = await placed(app, listOf(Number(count)), folder);
  const said = isList ? await app.api.bulk.revealListPassword({ batchId }) : { password: "none" };
  process.stdout.write(`${said.password}\n`);
  await app.api.bulk.start({
    batchId,
    choices: { ...choices, passwords: isList ? "list" : "vault" },
  });
} else {
  const { batchId } = await opened(app, folder);
  process.stdout.write(`${listPassword}\n`);
  await app.api.bulk.resume({ batchId, listPassword });
}
