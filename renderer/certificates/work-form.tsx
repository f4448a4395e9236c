import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { useFocusProblem } from "./use-focus-problem.ts";
import { WorkProgress } from "./work-progress.tsx";
import type { WorkKind } from "./work.ts";
import { useWork } from "./work.ts";

interface WorkFormProps {
  setupId: string;
  kind: WorkKind;
  submitLabel: string;
  /** What the fields amount to; null when one of them is wrong, which then gets the focus. */
  read: () => (() => Promise<void>) | null;
  /** The fields; `tried` once sending was tried, so that they say what is missing. */
  children: (tried: boolean) => ReactNode;
}

/** Fields, and the long work on the certificate that they are sent for, with its progress. */
export function WorkForm({ setupId, kind, submitLabel, read, children }: WorkFormProps) {
  const [tried, setTried] = useState(false);
  const { work } = useWork(setupId);
  const [form, focusProblem] = useFocusProblem();
  return (
    <form
      ref={form}
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const run = read();
        if (run === null) focusProblem();
        else void run();
      }}
    >
      {children(tried)}
      <div className={styles.main}>
        <WorkProgress setupId={setupId} kinds={[kind]} />
        <div className={styles.actions}>
          <Button
            variant="primary"
            type="submit"
            pending={work?.kind === kind}
            isDisabled={work !== null && work.kind !== kind}
          >
            {submitLabel}
          </Button>
        </div>
      </div>
    </form>
  );
}
