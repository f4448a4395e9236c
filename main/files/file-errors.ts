import { basename } from "node:path";
import { AppError } from "../errors.ts";

/** The system's name of a failure, for example "ENOSPC"; "" when it has none. */
export function systemCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/**
 * A failed write as the user gets it: disk-full, folder-read-only, file-not-found (the folder is gone) or
 * write-failed. Details: `path` (the file's name without its folder) and `reason` (the system's code).
 */
export function writeError(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = systemCode(error);
  const details = { path: basename(path), reason };
  switch (reason) {
    case "ENOSPC":
    case "EDQUOT":
      return new AppError("disk-full", details, error);
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new AppError("folder-read-only", details, error);
    case "ENOENT":
      return new AppError("file-not-found", details, error);
    case "EEXIST":
      return new AppError("file-exists", details, error);
    default:
      return new AppError("write-failed", details, error);
  }
}

/** A failed read as the user gets it: file-not-found or read-failed, with the same details. */
export function readError(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = systemCode(error);
  const details = { path: basename(path), reason };
  return new AppError(reason === "ENOENT" ? "file-not-found" : "read-failed", details, error);
}
