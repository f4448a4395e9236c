import type { ReactNode } from "react";
import { useState } from "react";
import { DropZone, Text } from "react-aria-components";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import { announce } from "./announcer.tsx";
import { cx } from "./cx.ts";
import type { DroppedFile, DropProblem } from "./dropped-file.ts";
import { readDropped } from "./dropped-file.ts";
import { Icon } from "./icons.tsx";
import styles from "./panel.module.css";

export interface FileDropProps {
  /** What may be dropped here. */
  label: string;
  onFile: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  /** File name endings with their dot; only a hint shown to the user, the content decides. */
  accept: readonly string[];
  /** Larger files are refused without being read. */
  maxBytes: number;
  /** Nothing may be dropped now; the button says why. */
  isDisabled?: boolean;
  /** The "Choose file…" button: dragging is never the only way. */
  children: ReactNode;
}

/** A place to drop one file. Its bytes are read here and handed on; nothing is interpreted. */
export function FileDrop({ label, onFile, accept, maxBytes, isDisabled = false, children }: FileDropProps) {
  const t = useT();
  const [problem, setProblem] = useState<DropProblem | null>(null);
  const kilobytes = formatNumber(Math.floor(maxBytes / 1024));
  const message = problem === null ? "" : t(`common.drop.${problem}`, { size: kilobytes });

  async function take(files: readonly DroppedFile[]): Promise<void> {
    const dropped = await readDropped(files, maxBytes);
    if (typeof dropped === "string") {
      setProblem(dropped);
      announce(t(`common.drop.${dropped}`, { size: kilobytes }), "assertive");
    } else {
      setProblem(null);
      onFile(dropped.name, dropped.bytes);
    }
  }

  return (
    <DropZone
      className={cx(styles.drop)}
      isDisabled={isDisabled}
      getDropOperation={() => "copy"}
      onDrop={(event) => {
        void take(event.items.filter((item) => item.kind === "file"));
      }}
    >
      <Icon name="file" size={24} />
      <Text slot="label" className={styles.dropLabel}>
        {label}
      </Text>
      <span>{t("common.drop.accepts", { list: accept.join(", ") })}</span>
      {children}
      {problem === null ? null : (
        <span className={styles.dropError}>
          <Icon name="problem" />
          {message}
        </span>
      )}
    </DropZone>
  );
}
