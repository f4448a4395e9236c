import type { CertificateView } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { formatWhen } from "../store/format.ts";
import { IconButton, Table } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { PfxCheck } from "./pfx-check.tsx";

type SavedFile = CertificateView["exports"][number];

/** The last saved file of each kind, in the order in which they were saved first. */
export function latestOfEachKind(exports: readonly SavedFile[]): SavedFile[] {
  return [...new Map(exports.map((saved) => [saved.kind, saved])).values()];
}

/** Where the certificate's files were saved, and whether the PFX opens. */
export function SavedFiles({ view, certificate }: { view: SetupView; certificate: CertificateView }) {
  const t = useT();
  const setupId = view.summary.id;
  const files = latestOfEachKind(certificate.exports);
  if (files.length === 0) return <p className={styles.note}>{t("certificate.export.none")}</p>;
  return (
    <section className={styles.part}>
      <h2>{t("certificate.export.list")}</h2>
      <Table
        label={t("certificate.export.list")}
        columns={[
          { id: "file", label: t("certificate.export.file") },
          { id: "when", label: t("certificate.export.when") },
          { id: "where", label: t("certificate.export.where") },
          { id: "actions", label: t("certificate.export.actions"), hideLabel: true },
        ]}
        rows={files.map(({ kind, at, path }) => ({
          id: kind,
          cells: [
            t(`certificate.export.kinds.${kind}`),
            formatWhen(at),
            <code key="path">{path}</code>,
            <IconButton
              key="show"
              icon="folder"
              label={t("certificate.export.showWhat", { what: t(`certificate.export.kinds.${kind}`) })}
              onPress={() => void call(rollout().certificates.showExport({ setupId, kind }))}
            />,
          ],
        }))}
      />
      {certificate.pfx === null || certificate.pfx.path === null ? null : (
        <div className={styles.actions}>
          <span className={styles.note}>
            {certificate.pfx.openedAt === null
              ? t("certificate.check.never")
              : t("certificate.check.opened", { when: formatWhen(certificate.pfx.openedAt) })}
          </span>
          <PfxCheck view={view} label={t("certificate.check.action")} />
        </div>
      )}
    </section>
  );
}
