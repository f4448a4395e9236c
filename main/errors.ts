import type { ErrorCode, ErrorView } from "../preload/model/errors.ts";

/** A failure with a meaning for the user: `code` picks the text, `details` fill it, `cause` is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, string | number>;

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, cause?: unknown) {
    super(code, { cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

/** Any failure as the renderer gets it. What is not an AppError becomes "internal" without its message. */
export function toErrorView(error: unknown): ErrorView {
  const known = error instanceof AppError ? error : new AppError("internal", {}, error);
  return { code: known.code, messageKey: `errors.${known.code}`, details: known.details };
}
