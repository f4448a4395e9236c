import type { CertificateView, ExportKind, PfxView } from "../../preload/model/certificates.ts";
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

/** Where the certificate's files lie, and whether the PFX opens. */
export function SavedFiles({ view, certificate }: { view: SetupView; certificate: CertificateView }) {
  const t = useT();
  const files = latestOfEachKind(certificate.exports);
  const { pfx } = certificate;
  if (files.length === 0 && pfx === null)
    return <p className={styles.note}>{t("certificate.export.none")}</p>;
  return (
    <section className={styles.part}>
      <h2>{t("certificate.export.list")}</h2>
      {files.length === 0 ? null : <SavedTable setupId={view.summary.id} files={files} pfx={pfx} />}
      {pfx === null ? null : <RecordedPfx view={view} files={files} pfx={pfx} />}
    </section>
  );
}

interface SavedTableProps {
  setupId: string;
  files: readonly SavedFile[];
  pfx: PfxView | null;
}

function SavedTable({ setupId, files, pfx }: SavedTableProps) {
  const t = useT();
  // Since a PFX was imported from elsewhere, main shows that one.
  const isShown = ({ kind, path }: SavedFile) => kind !== "pfx" || path === (pfx?.path ?? path);
  return (
    <Table
      label={t("certificate.export.list")}
      columns={[
        { id: "file", label: t("certificate.export.file") },
        { id: "when", label: t("certificate.export.when") },
        { id: "where", label: t("certificate.export.where") },
        { id: "actions", label: t("certificate.export.actions"), hideLabel: true },
      ]}
      rows={files.map((file) => ({
        id: file.kind,
        cells: [
          t(`certificate.export.kinds.${file.kind}`),
          formatWhen(file.at),
          <code key="path">{file.path}</code>,
          isShown(file) ? <ShowInFolder key="show" setupId={setupId} kind={file.kind} /> : null,
        ],
      }))}
    />
  );
}

function ShowInFolder({ setupId, kind }: { setupId: string; kind: ExportKind }) {
  const t = useT();
  return (
    <IconButton
      icon="folder"
      label={t("certificate.export.showWhat", { what: t(`certificate.export.kinds.${kind}`) })}
      onPress={() => void call(rollout().certificates.showExport({ setupId, kind }))}
    />
  );
}

interface RecordedPfxProps {
  view: SetupView;
  files: readonly SavedFile[];
  pfx: PfxView;
}

/** The PFX that the setup counts on: where it came from, unless the app saved it, and whether it opens. */
function RecordedPfx({ view, files, pfx }: RecordedPfxProps) {
  const t = useT();
  const { path, openedAt } = pfx;
  if (path === null) return <p className={styles.note}>{t("certificate.export.unknownPlace")}</p>;
  const isSaved = files.some((file) => file.kind === "pfx" && file.path === path);
  return (
    <>
      {isSaved ? null : (
        <div className={styles.actions}>
          <span className={styles.note}>{t("certificate.export.imported", { path })}</span>
          <ShowInFolder setupId={view.summary.id} kind="pfx" />
        </div>
      )}
      <div className={styles.actions}>
        <span className={styles.note}>
          {openedAt === null
            ? t("certificate.check.never")
            : t("certificate.check.opened", { when: formatWhen(openedAt) })}
        </span>
        <PfxCheck view={view} label={t("certificate.check.action")} />
      </div>
    </>
  );
}
