import type { CertificateView } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { ConfirmDialog } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { thumbprintBlocks } from "../store/format.ts";

export interface ReplaceDialogProps {
  certificate: CertificateView;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** Names what is lost with another certificate, and what stays. */
export function ReplaceDialog({ certificate, isOpen, onClose, onConfirm }: ReplaceDialogProps) {
  const t = useT();
  const { subject, sha1 } = certificate;
  return (
    <ConfirmDialog
      title={t("certificate.replace.title")}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={onConfirm}
      confirmLabel={t("certificate.replace.confirm")}
      danger
    >
      <p>{t("certificate.replace.text")}</p>
      <ul className={styles.losses}>
        <li>
          {t("certificate.replace.loses-key", {
            subject,
            sha1: thumbprintBlocks(sha1).slice(0, 4).join(" "),
          })}
        </li>
        <li>{t("certificate.replace.loses-steps")}</li>
      </ul>
      <p>{t("certificate.replace.files")}</p>
      <p>{t("certificate.replace.entra")}</p>
    </ConfirmDialog>
  );
}
