/** A file that was dropped: its bytes are read only on request. */
export interface DroppedFile {
  name: string;
  getFile(): Promise<Pick<File, "name" | "size" | "arrayBuffer">>;
}

export type DropProblem = "too-large" | "one-file" | "unreadable";
export type Dropped = { name: string; bytes: Uint8Array<ArrayBuffer> } | DropProblem;

/** The bytes of the one file that was dropped, or why not. More than `maxBytes` are never read. */
export async function readDropped(files: readonly DroppedFile[], maxBytes: number): Promise<Dropped> {
  const [only] = files;
  if (only === undefined || files.length !== 1) return "one-file";
  try {
    const file = await only.getFile();
    if (file.size > maxBytes) return "too-large";
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return "unreadable";
  }
}
