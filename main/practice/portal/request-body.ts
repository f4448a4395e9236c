import type { Buffer } from "node:buffer";
import { erase, secretBuffer } from "../../certificates/secrets.ts";

/**
 * The whole body in memory that can be erased, which is the caller's to do; the pieces it came in are erased here.
 * null when it is larger than `limit` (bytes), by its Content-Length or in fact.
 */
export async function readBody(request: Request, limit: number): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = Number(request.headers.get("Content-Length") ?? 0);
  if (size > limit) return null;
  size = 0;
  try {
    for await (const piece of request.body ?? []) {
      pieces.push(piece);
      size += piece.length;
      // Read to its end all the same: a sender that is cut off never sees the answer.
      if (size > limit) erase(...pieces.splice(0));
    }
    if (size > limit) return null;
    const whole = secretBuffer(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  } finally {
    erase(...pieces);
  }
}
