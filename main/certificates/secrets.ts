/**
 * A zeroed Buffer that really can be erased: small Buffers live on the engine's heap, where the garbage
 * collector leaves copies behind, and pooled ones share their memory with strangers. Both are avoided by an
 * ArrayBuffer of its own with at least 128 bytes.
 */
export function secretBuffer(size: number): Buffer {
  return Buffer.from(new ArrayBuffer(Math.max(128, size))).subarray(0, size);
}

/** A copy that can be erased. */
export function secretCopy(bytes: Uint8Array): Buffer {
  const copy = secretBuffer(bytes.length);
  copy.set(bytes);
  return copy;
}

/** Overwrites with zeros. What is null or undefined is skipped. */
export function erase(...buffers: (Uint8Array | null | undefined)[]): void {
  for (const buffer of buffers) buffer?.fill(0);
}
