import type { ReactNode } from "react";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import type { NoteView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Link, Notice } from "../ui/index.ts";
import type { Tone } from "../ui/index.ts";
import { Namesakes } from "./namesakes.tsx";
import { QuickCertificate } from "./quick-certificate.tsx";
import styles from "./tenant.module.css";
import { noteTexts } from "./words.ts";

const tones: Record<NoteView["level"], Tone> = { stop: "bad", attention: "warn", info: "none" };

interface NoteListProps {
  view: SetupView;
  notes: readonly NoteView[];
  onGo: (target: Target) => void;
}

/** What has to be known beside a plan, each with the place where it is settled. */
export function NoteList({ view, notes, onGo }: NoteListProps) {
  return (
    <div className={styles.stack}>
      {notes.map((note) => (
        <Note key={JSON.stringify([note.kind, note.reason])} view={view} note={note} onGo={onGo} />
      ))}
    </div>
  );
}

function Note({ view, note, onGo }: { view: SetupView; note: NoteView; onGo: NoteListProps["onGo"] }) {
  const t = useT();
  const { title, help } = noteTexts(note, view.permissions, t);
  const { target } = note.reason;
  const step = target === null ? null : view.steps.find(({ id }) => id === target.step);
  const link: ReactNode =
    target === null || step === null || step === undefined ? null : (
      <Link onPress={() => onGo(target)}>
        {t("checklist.position", { number: step.number, title: t(`steps.${step.id}.title`) })}
      </Link>
    );
  return (
    <Notice tone={tones[note.level]} title={title}>
      {help === "" ? null : <p>{help}</p>}
      {note.kind === "same-name" ? (
        <Namesakes
          setupId={view.summary.id}
          applications={note.applications}
          isSettled={note.level !== "stop"}
        />
      ) : note.kind === "certificate-missing" ? (
        <QuickCertificate view={view} onGo={onGo} />
      ) : (
        link
      )}
    </Notice>
  );
}
