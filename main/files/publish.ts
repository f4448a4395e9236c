import { link, open, rename, stat, unlink } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../errors.ts";
import { isBusy, outlastBusy } from "./busy.ts";
import { systemCode } from "./file-errors.ts";

/** Codes with which file systems without hard links (FAT, exFAT, many network shares) refuse `link`. */
const noLinkCodes = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR", "EINVAL", "EMLINK"]);

/** Gives `temp` the name `path`, over whatever has that name. */
export async function publishReplacing(
  temp: string,
  path: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  try {
    await outlastBusy(() => rename(temp, path), platform);
  } catch (error) {
    if (isBusy(error, platform)) {
      // The temporary file could be created beside it, so it is the file that is in use, not the folder.
      throw new AppError("write-failed", { path: basename(path), reason: systemCode(error) }, error);
    }
    throw error;
  }
}

/** Gives `temp` the name `path` only while nothing has that name; AppError file-exists otherwise. */
export async function publishNew(temp: string, path: string): Promise<void> {
  try {
    await link(temp, path);
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") throw new AppError("file-exists", { path: basename(path), reason: code }, error);
    if (!noLinkCodes.has(code)) throw error;
    await publishNewWithoutLinks(temp, path);
    return;
  }
  // The file stands under its name; a temp name that stays is swept up at the next start.
  await unlink(temp).catch(() => undefined);
}

/**
 * As `publishNew`, for file systems without hard links: an empty file takes the name (nobody else can then),
 * and the content is renamed over it. A power cut between the two leaves an empty file, never half a one.
 */
export async function publishNewWithoutLinks(temp: string, path: string): Promise<void> {
  const placeholder = await open(path, "wx", 0o600).catch((error: unknown) => {
    if (systemCode(error) !== "EEXIST") throw error;
    throw new AppError("file-exists", { path: basename(path), reason: "EEXIST" }, error);
  });
  await placeholder.close();
  try {
    await publishReplacing(temp, path);
  } catch (error) {
    const left = await stat(path).catch(() => null);
    if (left?.isFile() === true && left.size === 0) await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Makes names in `folder` survive a power cut. Windows has no such call; some network shares refuse it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const refused = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES", "EPERM", "EBADF"];
    if (!refused.includes(systemCode(error))) throw error;
  }
}
