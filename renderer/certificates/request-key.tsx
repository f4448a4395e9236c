import type { PendingRequestView } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { Notice } from "../ui/index.ts";

/** What the user should know about the private key of a request; null stands for one that is still to be made. */
export function RequestKeyNotice({ request }: { request: PendingRequestView | null }) {
  const t = useT();
  const { vault } = useInfo();
  const key = request?.key ?? (vault.kind === "ready" ? "vault" : "session");
  if (key === "none") {
    return (
      <Notice tone="bad" title={t("errors.certificate-request-key-missing.title")}>
        {t("errors.certificate-request-key-missing.help")}
      </Notice>
    );
  }
  // A vault that is not ready says so itself, at the top of the page.
  if (key === "unreadable" && vault.kind === "ready") {
    return (
      <Notice tone="bad" title={t("errors.vault-file-tampered.title")}>
        {t("certificate.authority.keyTampered")}
      </Notice>
    );
  }
  if (key !== "session") return null;
  return (
    <Notice tone="warn" title={t("certificate.authority.keyInMemory")}>
      {t("certificate.authority.keyInMemoryHelp")}
    </Notice>
  );
}
