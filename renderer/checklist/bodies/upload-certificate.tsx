import type { CertificateView } from "../../../preload/model/certificates.ts";
import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import { thumbprintBlocks } from "../../store/format.ts";
import { Button, CopyButton, Icon, Notice } from "../../ui/index.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import { useCertificateFiles } from "../intents.ts";
import { Section } from "../section.tsx";
import { useSetup } from "../step-context.ts";
import { StepField } from "../step-field.tsx";

/** Step 10: which file to upload, and the thumbprint that the portal must show afterwards. */
export function UploadCertificate({ step }: { step: StepView }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const { certificate } = view;
  if (certificate === null) {
    return (
      <Notice
        tone="none"
        title={t("step.upload.noCertificate")}
        actions={
          <Button onPress={() => goTo({ step: "certificate" })}>{t("step.upload.toCertificate")}</Button>
        }
      />
    );
  }
  return (
    <>
      <PublicFile certificate={certificate} />
      <Section title={t("step.upload.compare")}>
        <Thumbprint name={t("step.upload.sha1")} value={certificate.sha1} large />
        <Thumbprint name={t("step.upload.sha256")} value={certificate.sha256} />
        {step.fields.map((field) => (
          <StepField key={field.id} field={field} />
        ))}
        {step.checks.some(({ id, result }) => id === "thumbprint-matches" && result === "satisfied") ? (
          <p className={styles.same}>
            <Icon name="check" />
            {t("step.upload.same")}
          </p>
        ) : null}
      </Section>
    </>
  );
}

function PublicFile({ certificate }: { certificate: CertificateView }) {
  const t = useT();
  const { saveCer, show } = useCertificateFiles();
  const file = certificate.exports.findLast(({ kind }) => kind === "cer-der" || kind === "cer-pem");
  return (
    <Section title={t("step.upload.file")}>
      <div className={styles.copyLine}>
        {file === undefined ? (
          <span className={shared.aside}>{t("step.upload.noFile")}</span>
        ) : (
          <>
            <code>{file.path}</code>
            <CopyButton text={file.path} what={t("step.upload.file")} iconOnly />
          </>
        )}
      </div>
      <div className={styles.buttons}>
        {file === undefined ? null : (
          <Button icon="folder" onPress={() => show(file.kind)}>
            {t("step.upload.showFile")}
          </Button>
        )}
        <Button icon="download" onPress={saveCer}>
          {t("step.upload.saveCer")}
        </Button>
      </div>
      <p className={shared.aside}>{t("step.upload.never")}</p>
    </Section>
  );
}

function Thumbprint({ name, value, large = false }: { name: string; value: string; large?: boolean }) {
  return (
    <div className={styles.thumbprint} data-large={large ? "" : undefined}>
      <span>{name}</span>
      <code>
        {thumbprintBlocks(value).map((block, index) => (
          // Blocks may repeat; their place in the thumbprint is what tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index}>{block}</span>
        ))}
      </code>
      <CopyButton text={value} what={name} iconOnly />
    </div>
  );
}
