import type { KeySize } from "../../preload/model/certificates.ts";
import { keySizes } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Segmented, TextField } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { Draft } from "./draft.ts";
import { changeDraft } from "./draft.ts";
import {
  commonNameProblem,
  dnsNamesOf,
  looksLikeHostName,
  maxCommonNameLength,
  maxDnsNames,
} from "./names.ts";

/** Where the name field can be found, to lead the user back to it. */
export const commonNameId = "certificate-common-name";

/** The details as the contract takes them. */
export interface CertificateDetails {
  commonName: string;
  organization: string;
  dnsNames: string[];
  keySize: KeySize;
}

/** What was chosen, or null while a name is missing or wrong. */
export function detailsOf(view: SetupView, draft: Draft): CertificateDetails | null {
  const commonName = commonNameOf(view, draft).trim();
  const dnsNames = dnsNamesOf(commonName, draft.moreNames);
  if (commonNameProblem(commonName) !== null || dnsNames.length > maxDnsNames) return null;
  return { commonName, organization: draft.organization.trim(), dnsNames, keySize: draft.keySize };
}

/** The typed name; until something is typed, the tenant's domain. */
function commonNameOf(view: SetupView, draft: Draft): string {
  return draft.commonName ?? view.summary.tenantDomain;
}

/** The name, with its problem once the user tried to go on. */
export function NameField({ view, draft, tried }: { view: SetupView; draft: Draft; tried: boolean }) {
  const t = useT();
  const name = commonNameOf(view, draft);
  const problem = commonNameProblem(name);
  const shown = problem !== null && (tried || problem === "too-long") ? problem : null;
  return (
    <TextField
      id={commonNameId}
      label={t("certificate.name.label")}
      value={name}
      onChange={(commonName) => changeDraft(view.summary.id, { commonName })}
      placeholder={t("certificate.name.placeholder")}
      help={t(
        problem === null && !looksLikeHostName(name.trim())
          ? "certificate.name.not-dns"
          : "certificate.name.help",
      )}
      problem={shown === null ? null : t(`certificate.name.${shown}`, { limit: maxCommonNameLength })}
      maxLength={400}
    />
  );
}

/** Size of the key. */
export function KeyField({ view, draft }: { view: SetupView; draft: Draft }) {
  const t = useT();
  return (
    <Segmented
      label={t("certificate.key.label")}
      value={`${draft.keySize}`}
      onChange={(value) => {
        const keySize = keySizes.find((size) => `${size}` === value);
        if (keySize !== undefined) changeDraft(view.summary.id, { keySize });
      }}
      options={keySizes.map((size) => ({ id: `${size}`, label: `RSA ${size}` }))}
      help={t(draft.keySize === 4096 ? "certificate.key.help-4096" : "certificate.key.help")}
    />
  );
}

/** What few certificates need: the organisation and further names. */
export function MoreDetails({ view, draft }: { view: SetupView; draft: Draft }) {
  const t = useT();
  const setupId = view.summary.id;
  const tooMany = dnsNamesOf(commonNameOf(view, draft), draft.moreNames).length > maxDnsNames;
  const filled = draft.organization !== "" || draft.moreNames !== "";
  return (
    <details className={styles.more} open={filled || undefined}>
      <summary>{t("certificate.more")}</summary>
      <div className={styles.form}>
        <TextField
          label={t("certificate.organization.label")}
          value={draft.organization}
          onChange={(organization) => changeDraft(setupId, { organization })}
          help={t("certificate.organization.help")}
          maxLength={200}
        />
        <TextField
          label={t("certificate.dnsNames.label")}
          value={draft.moreNames}
          onChange={(moreNames) => changeDraft(setupId, { moreNames })}
          help={t("certificate.dnsNames.help")}
          problem={tooMany ? t("certificate.dnsNames.too-many", { limit: maxDnsNames }) : null}
          multiline
          monospace
          maxLength={6_000}
        />
      </div>
    </details>
  );
}
