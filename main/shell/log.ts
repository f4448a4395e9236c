import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { redact } from "./redact.ts";

export interface Log {
  info(message: string): void;
  warn(message: string, error?: unknown): void;
  error(message: string, error?: unknown): void;
  /** The last lines, oldest first, already redacted. */
  recent(): string;
}

export interface LogOptions {
  folder: string;
  clock: Clock;
  /** Replaced by "~", so that the user's name does not get into a file that is sent to support. */
  homeFolder: string;
  maxBytes?: number;
  files?: number;
}

const recentBytes = 100_000;
const deepestCause = 4;

/**
 * Opens the log `app.log` in `folder`; when it is full it becomes `app.1.log`, and so on to `files`. Lines are
 * written at once, so that the last one before a crash is there. A log that cannot be written stops no work.
 */
export function openLog({ folder, clock, homeFolder, maxBytes = 1_000_000, files = 3 }: LogOptions): Log {
  const name = (index: number) => join(folder, index === 0 ? "app.log" : `app.${index}.log`);
  let size = prepare(folder, name(0));

  function rotate(): void {
    rmSync(name(files - 1), { force: true });
    for (let index = files - 2; index >= 0; index -= 1) {
      try {
        renameSync(name(index), name(index + 1));
      } catch {
        // There are not that many yet.
      }
    }
    size = 0;
  }

  function write(level: string, message: string, error?: unknown): void {
    const text = error === undefined ? message : `${message}: ${describeError(error)}`;
    const clean = redact(homeFolder === "" ? text : text.replaceAll(homeFolder, "~"));
    // One entry is one line, whatever was in it.
    const line = `${clock.now().toISOString()} ${level} ${clean.replaceAll(/\s*[\r\n]+\s*/g, " | ")}\n`;
    try {
      const bytes = Buffer.byteLength(line);
      if (size > 0 && size + bytes > maxBytes) rotate();
      appendFileSync(name(0), line, { mode: 0o600 });
      size += bytes;
    } catch {
      // Nowhere left to say it.
    }
  }

  return {
    info: (message) => write("info", message),
    warn: (message, error) => write("warn", message, error),
    error: (message, error) => write("error", message, error),
    recent: () => {
      const both = readOr(name(1)) + readOr(name(0));
      const tail = both.slice(-recentBytes);
      return both.length > tail.length ? tail.slice(tail.indexOf("\n") + 1) : tail;
    },
  };
}

/** An error for the log: its code or name and message, where it happened, and the same of its causes. */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const what = error instanceof AppError ? `AppError ${error.code}` : `${error.name}: ${messageOf(error)}`;
  const where = firstFrame(error.stack);
  const cause =
    error.cause === undefined || depth >= deepestCause
      ? ""
      : `; caused by ${describeError(error.cause, depth + 1)}`;
  return `${what}${where}${cause}`;
}

/** Files are named after customers, and the log goes to support: of a path only the ending stays. */
function messageOf(error: Error): string {
  const paths = [Reflect.get(error, "path"), Reflect.get(error, "dest")].filter(
    (path) => typeof path === "string" && path !== "",
  );
  return paths.reduce<string>((text, path) => text.replaceAll(path, `*${extname(path)}`), error.message);
}

function firstFrame(stack: string | undefined): string {
  const frame = stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return frame === undefined ? "" : ` (${frame.trim()})`;
}

function prepare(folder: string, file: string): number {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
