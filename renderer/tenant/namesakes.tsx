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
}

/** Applications of the same name: each with what taking it over would change; or a new one beside them. */
export function Namesakes({ setupId, applications }: NamesakesProps) {
  const t = useT();
  const [pending, setPending] = useState<string | null>(null);

  async function run(id: string, work: Promise<void>): Promise<void> {
    setPending(id);
    await work;
    setPending(null);
  }

  return (
    <>
      <ul className={styles.namesakes} aria-label={t("tenant.namesake.title")}>
        {applications.map((application) => {
          const { appId, displayName: name, createdAt, keys, differences } = application;
          return (
            <li key={appId} className={styles.change}>
              <div className={styles.changeHead}>
                <strong>{name}</strong>
                <Button
                  pending={pending === appId}
                  label={t("tenant.namesake.takeOverNamed", { name, id: appId })}
                  onPress={() => void run(appId, takeOver(setupId, appId))}
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
                <div className={styles.stack}>
                  <p>{t("tenant.namesake.differences")}</p>
                  <ShownLines lines={differences} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <p className={styles.dim}>{t("tenant.namesake.takeOverHelp")}</p>
      <div className={styles.buttons}>
        <Button pending={pending === "beside"} onPress={() => void run("beside", createBeside(setupId))}>
          {t("tenant.namesake.beside")}
        </Button>
      </div>
    </>
  );
}
