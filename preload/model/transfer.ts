/** Whether the saved PFX can go to the portal as it is; texts are `transfer.file.<state>`. */
export type PfxFileState =
  | "ready"
  /** No PFX was saved, or nobody knows where. */
  | "none"
  | "missing"
  /** Another content than the one that was saved and opened. */
  | "changed"
  | "unreadable";

/** The saved PFX on the disk, as it is now. */
export interface PfxFileView {
  state: PfxFileState;
  /** The file's name without its folder. */
  name: string;
}
