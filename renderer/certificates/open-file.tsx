import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { Button, FailureNotice, FileDrop, Spinner } from "../ui/index.ts";
import type { OpenedFile } from "./opened-file.ts";

export interface OpenFileProps {
  file: OpenedFile;
  /** "inspect" takes everything, "import" what holds a private key. */
  purpose: "inspect" | "import";
}

const accepted = {
  inspect: [".pfx", ".p12", ".cer", ".crt", ".pem", ".csr"],
  import: [".pfx", ".p12", ".pem"],
} as const;

/** Where a file is dropped or chosen; says why the last one could not be read. */
export function OpenFile({ file, purpose }: OpenFileProps) {
  const t = useT();
  const texts =
    purpose === "inspect"
      ? { drop: t("inspect.drop"), choose: t("inspect.choose") }
      : { drop: t("certificate.import.drop"), choose: t("certificate.import.choose") };
  return (
    <>
      <FileDrop
        label={texts.drop}
        accept={accepted[purpose]}
        maxBytes={maxCertificateFileBytes}
        onFile={file.offer}
      >
        <Button variant="primary" pending={file.busy} onPress={file.choose}>
          {texts.choose}
        </Button>
        {file.busy ? <Spinner label={t("inspect.reading")} /> : null}
      </FileDrop>
      {file.error === null ? null : <FailureNotice error={file.error} />}
    </>
  );
}
