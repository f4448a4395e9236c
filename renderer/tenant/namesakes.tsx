import { useState } from "react";
import type { NoteView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { formatDate } from "../store/format.ts";
import { Button } from "../ui/index.ts";
import { createBeside, takeOver } from "./intents.ts";
import { ShownLines } from "./shown-lines.tsx";
import styles from "./tenant.module.css";

interface NamesakesProps {
  setupId: string;
  applications: NoteView["applications"];
  /** A new one is to be made beside them; taking one over is still possible. */
  isSettled: boolean;
}

/** Applications of the same name: each with what taking it over would change; or a new one beside them. */
export function Namesakes({ setupId, applications, isSettled }: NamesakesProps) {
  const t = useT();
  const [pending, setPending] = useState<string | null>(null);

  async function run(id: string, work: Promise<void>): Promise<void> {
    setPending(id);
    await work;
    setPending(null);
  }

  const existing = (
    <>
      <p className={styles.dim}>{t("tenant.namesake.takeOverHelp")}</p>
      <ul className={styles.namesakes} aria-label={t("tenant.namesake.title")}>
        {applications.map((application) => (
          <Namesake
            key={application.appId}
            application={application}
            isPending={pending === application.appId}
            onTakeOver={() => void run(application.appId, takeOver(setupId, application.appId))}
          />
        ))}
      </ul>
    </>
  );
  if (isSettled) {
    return (
      <details className={styles.details}>
        <summary>{t("tenant.namesake.instead")}</summary>
        <div className={styles.choices}>{existing}</div>
      </details>
    );
  }
  return (
    <div className={styles.choices}>
      {existing}
      <div className={styles.buttons}>
        <Button pending={pending === "beside"} onPress={() => void run("beside", createBeside(setupId))}>
          {t("tenant.namesake.beside")}
        </Button>
      </div>
    </div>
  );
}

interface NamesakeProps {
  application: NoteView["applications"][number];
  isPending: boolean;
  onTakeOver: () => void;
}

function Namesake({ application, isPending, onTakeOver }: NamesakeProps) {
  const t = useT();
  const { appId, displayName: name, createdAt, keys, differences } = application;
  return (
    <li className={styles.change}>
      <div className={styles.changeHead}>
        <strong>{name}</strong>
        <Button
          pending={isPending}
          label={t("tenant.namesake.takeOverNamed", { name, id: appId })}
          onPress={onTakeOver}
        >
          {t("tenant.namesake.takeOver")}
        </Button>
      </div>
      <p className={styles.dim}>
        <code>{appId}</code>
        {" · "}
        {createdAt === null
          ? t("tenant.namesake.createdUnknown")
          : t("tenant.namesake.created", { when: formatDate(createdAt) })}
        {" · "}
        {t("tenant.namesake.keys", { count: keys })}
      </p>
      {differences.length === 0 ? (
        <p>{t("tenant.namesake.noDifferences")}</p>
      ) : (
        <>
          <p>{t("tenant.namesake.differences")}</p>
          <ShownLines lines={differences} />
        </>
      )}
    </li>
  );
}
