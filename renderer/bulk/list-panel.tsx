import { maxBatchRows, maxListBytes } from "../../preload/model/bulk.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useT } from "../i18n.ts";
import { chooseList, offerList, openEarlier, useBatch } from "../store/batch.ts";
import { formatNumber } from "../store/format.ts";
import { Button, CodeBlock, FileDrop, Text } from "../ui/index.ts";
import styles from "./bulk.module.css";

/** Where the list is chosen or dropped, or an earlier batch is opened. */
export function ListPanel() {
  const t = useT();
  const { busy, failure } = useBatch();
  return (
    <>
      <p className={styles.intro}>{t("bulk.intro", { limit: formatNumber(maxBatchRows) })}</p>
      <FileDrop
        label={t("bulk.list.drop")}
        accept={[".csv"]}
        maxBytes={maxListBytes}
        onFile={(name, bytes) => void offerList(name, bytes)}
      >
        <Button variant="primary" pending={busy === "list"} onPress={() => void chooseList()}>
          {t("bulk.list.choose")}
        </Button>
      </FileDrop>
      {failure === null ? null : <FailureNotice error={failure.error} />}
      <div className={styles.form}>
        <div className={styles.field}>
          <p className={styles.note}>
            <Text>{t("bulk.list.columns")}</Text>
          </p>
          <CodeBlock text={t("bulk.list.example")} what={t("bulk.list.exampleName")} />
        </div>
      </div>
      <div className={styles.earlier}>
        <p className={styles.note}>{t("bulk.earlier.text")}</p>
        <Button icon="folder" isDisabled={busy !== null} onPress={() => void openEarlier()}>
          {t("bulk.earlier.open")}
        </Button>
      </div>
    </>
  );
}
