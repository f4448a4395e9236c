import type { ReactNode } from "react";
import type { Inspection } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, DefinitionList, Table } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { Findings } from "./findings.tsx";
import { certificateFacts, fileFacts, protectionFacts, requestFacts } from "./inspection-facts.tsx";

const tones: Record<Inspection["fits"], Tone> = {
  yes: "ok",
  "with-warnings": "warn",
  no: "bad",
  unknown: "none",
};

/** Everything that is known about a file: whether it fits and why, what it holds, who can open it. */
export function InspectionView({ inspection }: { inspection: Inspection }) {
  const t = useT();
  const { certificate, chain, request, protection, readers } = inspection;
  // That it is locked is said where its password is asked for.
  const findings = inspection.findings.filter(({ id }) => id !== "locked");
  const publicOnly = inspection.kind === "certificate" && inspection.fits === "yes";
  return (
    <article className={styles.inspection} aria-label={t("inspect.result", { name: inspection.fileName })}>
      <header className={styles.inspectionHead}>
        <h2>{inspection.fileName}</h2>
        <Badge tone={tones[inspection.fits]}>
          {t(publicOnly ? "inspect.fits.public" : `inspect.fits.${inspection.fits}`)}
        </Badge>
        <span className={styles.note}>
          {t(`inspect.kinds.${inspection.kind}`)} ·{" "}
          {t("inspect.size", { count: inspection.size, size: formatNumber(inspection.size) })}
        </span>
      </header>
      {findings.length === 0 ? null : <Findings findings={findings} />}
      <Part
        title={t("inspect.sections.certificate")}
        items={certificate && certificateFacts(certificate, t)}
      />
      <Part title={t("inspect.sections.request")} items={request && requestFacts(request, t)} />
      <Part title={t("inspect.facts.file")} items={fileFacts(inspection, t)} />
      {chain.length === 0 ? null : (
        <Section title={t("inspect.sections.chain")}>
          <ol className={styles.chain}>
            {chain.map((link) => (
              <li key={link.sha256}>
                <details className={styles.more}>
                  <summary>{link.subject}</summary>
                  <DefinitionList items={certificateFacts(link, t)} />
                </details>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Part title={t("inspect.sections.protection")} items={protection && protectionFacts(protection, t)} />
      {readers.length === 0 ? null : <Readers readers={readers} />}
    </article>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Part({
  title,
  items,
}: {
  title: string;
  items: Parameters<typeof DefinitionList>[0]["items"] | null;
}) {
  if (items === null || items.length === 0) return null;
  return (
    <Section title={title}>
      <DefinitionList items={items} />
    </Section>
  );
}

const verdictTones: Record<Inspection["readers"][number]["verdict"], Tone> = {
  opens: "ok",
  refuses: "bad",
  unknown: "none",
};

function Readers({ readers }: { readers: Inspection["readers"] }) {
  const t = useT();
  return (
    <Section title={t("inspect.sections.readers")}>
      <Table
        label={t("inspect.sections.readers")}
        columns={[
          { id: "reader", label: t("inspect.reader.column") },
          { id: "verdict", label: t("inspect.reader.verdict") },
          { id: "reason", label: t("inspect.reader.reason") },
        ]}
        rows={readers.map(({ reader, verdict, reason }) => ({
          id: reader,
          cells: [
            t(`inspect.readers.names.${reader}`),
            <span key="verdict" className={styles.verdict}>
              <Badge tone={verdictTones[verdict]}>{t(`inspect.verdicts.${verdict}`)}</Badge>
            </span>,
            t(`inspect.readers.reasons.${reason}`),
          ],
        }))}
      />
    </Section>
  );
}
