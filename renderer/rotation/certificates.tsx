import type { KeyPresence, RotationView } from "../../preload/model/rotation.ts";
import { Thumbprint } from "../certificates/facts.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatDate } from "../store/format.ts";
import { Card, DefinitionList } from "../ui/index.ts";
import styles from "./rotation.module.css";

interface Shown {
  subject: string;
  sha1: string;
  notAfter: string;
}

/** The old and the new certificate beside each other, to be told apart by their thumbprints. */
export function Certificates({ rotation }: { rotation: RotationView }) {
  const t = useT();
  const { certificate } = useSetup().view;
  return (
    <section className={styles.section} aria-labelledby="rotation-certificates">
      <h2 id="rotation-certificates">{t("rotation.certificates.title")}</h2>
      <div className={styles.pair}>
        <One title={t("rotation.certificates.old")} shown={rotation.old} presence={rotation.old.key} />
        <One title={t("rotation.certificates.new")} shown={certificate} presence={rotation.newKey} />
      </div>
    </section>
  );
}

function One({ title, shown, presence }: { title: string; shown: Shown | null; presence: KeyPresence }) {
  const t = useT();
  if (shown === null) {
    return (
      <Card title={title} level={3}>
        <p className={styles.aside}>{t("rotation.certificates.none")}</p>
      </Card>
    );
  }
  const { subject, sha1, notAfter } = shown;
  return (
    <Card title={title} level={3}>
      <DefinitionList
        items={[
          { term: t("rotation.certificates.subject"), value: subject },
          {
            term: t("rotation.certificates.thumbprint"),
            value: <Thumbprint value={sha1} />,
            copy: sha1,
            monospace: true,
          },
          { term: t("rotation.certificates.until"), value: formatDate(notAfter) },
          { term: t("rotation.certificates.key"), value: t(`rotation.keys.${presence}`) },
        ]}
      />
    </Card>
  );
}
