import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import type { SetupView, StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { VaultNotice } from "../settings/vault-notice.tsx";
import { Button, Notice, Tabs } from "../ui/index.ts";
import { AuthorityTab } from "./authority-tab.tsx";
import styles from "./certificates.module.css";
import { CreateTab } from "./create-tab.tsx";
import { CurrentTab } from "./current-tab.tsx";
import { changeDraft, useDraft } from "./draft.ts";
import { ImportTab } from "./import-tab.tsx";
import { InspectPanel } from "./inspect-panel.tsx";
import type { CertificateTab } from "./tabs.ts";
import { shownTab, tabsOf } from "./tabs.ts";

/** Step 9: the ways to a certificate, and the certificate with its files and its password. */
export function CertificateStep({ view }: { view: SetupView; step: StepView }) {
  const t = useT();
  const setupId = view.summary.id;
  const { certificate } = view;
  const draft = useDraft(setupId);
  const facts = {
    hasCertificate: certificate !== null,
    hasRequest: view.request !== null,
    replacing: draft.replacing,
  };
  const [arrivals, setArrivals] = useState(0);
  const body = useFocusOn(arrivals);

  function select(tab: CertificateTab): void {
    changeDraft(setupId, { tab });
  }
  // A new certificate: what led to it is done, and the focus goes to what takes its place.
  function arrive(): void {
    changeDraft(setupId, { tab: null, replacing: false, requestPath: null });
    setArrivals((count) => count + 1);
  }

  const contents: Record<CertificateTab, ReactNode> = {
    current:
      certificate === null ? null : (
        <CurrentTab
          view={view}
          certificate={certificate}
          onReplace={(tab) => changeDraft(setupId, { replacing: true, tab })}
        />
      ),
    create: <CreateTab view={view} onDone={arrive} />,
    authority: <AuthorityTab view={view} onDone={arrive} />,
    import: <ImportTab view={view} onDone={arrive} onToRequest={() => select("authority")} />,
    inspect: <InspectPanel />,
  };
  const selected = shownTab(facts, draft.tab);

  return (
    <div className={styles.workbench} ref={body} tabIndex={-1} data-region="">
      <VaultNotice />
      {certificate !== null && draft.replacing ? (
        <Notice
          tone="none"
          title={t("certificate.notice.replacing", { subject: certificate.subject })}
          actions={
            <Button onPress={() => changeDraft(setupId, { replacing: false, tab: null })}>
              {t("certificate.notice.keep-old")}
            </Button>
          }
        >
          {t("certificate.notice.replacing-help")}
        </Notice>
      ) : null}
      <Tabs
        label={t("certificate.tabs.label")}
        selected={selected}
        onSelect={select}
        tabs={tabsOf(facts).map((id) => ({
          id,
          label: t(`certificate.tabs.${id}`),
          content: id === selected ? contents[id] : null,
        }))}
      />
    </div>
  );
}

/** Puts the focus on an element whenever the count grows. */
function useFocusOn(count: number) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (count > 0) ref.current?.focus();
  }, [count]);
  return ref;
}
