import { useEffect, useRef, useState } from "react";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import type { PendingRequestView } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, call, rollout } from "../store/api.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { acceptView, change } from "../store/setups.ts";
import { showError, showToast } from "../store/toasts.ts";
import {
  announce,
  Badge,
  Button,
  Card,
  ConfirmDialog,
  DefinitionList,
  FailureNotice,
  FileDrop,
  Notice,
} from "../ui/index.ts";
import styles from "./certificates.module.css";
import { changeDraft, useDraft } from "./draft.ts";
import { keyText } from "./facts.tsx";
import { isInUse } from "./in-use.ts";
import { RequestKeyNotice } from "./request-key.tsx";
import { ReplaceDialog } from "./replace-dialog.tsx";

export interface WaitingRequestProps {
  view: SetupView;
  request: PendingRequestView;
  onDone: () => void;
}

/** A request that waits for its authority: save it, send it, bring the answer back. */
export function WaitingRequest({ view, request, onDone }: WaitingRequestProps) {
  const t = useT();
  const setupId = view.summary.id;
  const { requestPath, replacing } = useDraft(setupId);
  const [error, setError] = useState<ErrorView | null>(null);
  const [discarding, setDiscarding] = useState(false);
  // What brings the answer, while it is asked whether it may replace the certificate that came meanwhile.
  const [asked, setAsked] = useState<{ bring: () => Promise<void> } | null>(null);
  const card = useRef<HTMLDivElement>(null);
  // The form that made the request is gone; without this the focus would be nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) card.current?.focus();
  }, []);

  async function save(): Promise<void> {
    const saved = await call(rollout().certificates.saveRequest({ setupId }));
    if (saved === null || saved.canceled) return;
    changeDraft(setupId, { requestPath: saved.path });
    announce(t("certificate.authority.saved", { path: saved.path }), "polite");
  }

  async function take(result: Result<SetupView | null>): Promise<void> {
    setError(result.ok ? null : result.error);
    if (!result.ok) {
      // The certificate may have come and only its password failed: then this page goes, and the message must not.
      const opened = await attempt(rollout().setups.open({ setupId }));
      if (!opened.ok || opened.value.request !== null) return;
      showError(result.error);
      acceptView(opened.value);
      onDone();
      return;
    }
    if (result.value === null) return;
    acceptView(result.value);
    showToast({ title: "certificate.authority.done", tone: "ok" });
    onDone();
  }

  function bringBack(bring: () => Promise<void>): void {
    if (view.certificate === null || replacing) void bring();
    else setAsked({ bring });
  }

  async function choose(): Promise<void> {
    const result = await attempt(rollout().certificates.chooseIssued({ setupId }));
    await take(result.ok ? { ok: true, value: result.value.canceled ? null : result.value.view } : result);
  }

  async function accept(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await take(await attempt(rollout().certificates.acceptIssued({ setupId, file: { name, bytes } })));
  }

  async function discard(): Promise<void> {
    setDiscarding(false);
    if ((await change(rollout().certificates.discardRequest({ setupId }))) !== null) {
      // Whoever began with a request makes another one.
      changeDraft(setupId, { requestPath: null, tab: "authority" });
    }
  }

  const saved = requestPath !== null;
  const gone = request.key === "none" ? t("certificate.authority.keyGone") : null;
  const inUse = isInUse(view);
  return (
    <div className={styles.stack} ref={card} tabIndex={-1} data-region="">
      <RequestKeyNotice request={request} />
      <Card
        title={t(gone === null ? "certificate.authority.waiting" : "certificate.authority.request")}
        badge={
          <Badge tone={gone === null ? "wait" : "bad"}>
            {t("certificate.authority.since", { when: formatWhen(request.createdAt) })}
          </Badge>
        }
      >
        <DefinitionList
          items={[
            { term: t("certificate.facts.subject"), value: request.subject },
            {
              term: t("certificate.facts.key"),
              value: keyText({ keyType: "RSA", keyBits: request.keyBits }, t),
            },
            ...(request.dnsNames.length === 0
              ? []
              : [{ term: t("certificate.facts.dnsNames"), value: request.dnsNames.join(", ") }]),
          ]}
        />
        {gone === null ? <p className={styles.steps}>{t("certificate.authority.next")}</p> : null}
        {saved ? (
          <p className={styles.note}>{t("certificate.authority.saved", { path: requestPath })}</p>
        ) : null}
        <div className={styles.actions}>
          <Button
            variant={saved || inUse || gone !== null ? "default" : "primary"}
            icon="download"
            disabledReason={gone}
            onPress={() => void save()}
          >
            {t("certificate.authority.save")}
          </Button>
          <span className={styles.spacer} />
          <Button variant={gone === null || inUse ? "quiet" : "primary"} onPress={() => setDiscarding(true)}>
            {t("certificate.authority.discard")}
          </Button>
        </div>
      </Card>
      {inUse ? (
        <Notice
          tone="none"
          title={t("errors.certificate-in-use.title")}
          actions={
            <Button variant="primary" onPress={() => navigate({ screen: "rotation", setupId })}>
              {t("rotation.entry")}
            </Button>
          }
        >
          <p>{t("errors.certificate-in-use.help")}</p>
        </Notice>
      ) : (
        <FileDrop
          label={t("certificate.authority.drop")}
          accept={[".cer", ".crt", ".pem", ".p7b"]}
          maxBytes={maxCertificateFileBytes}
          isDisabled={gone !== null}
          onFile={(name, bytes) => bringBack(() => accept(name, bytes))}
        >
          <Button
            variant={saved && gone === null ? "primary" : "default"}
            disabledReason={gone}
            onPress={() => bringBack(choose)}
          >
            {t("certificate.authority.choose")}
          </Button>
        </FileDrop>
      )}
      {error === null ? null : <FailureNotice error={error} />}
      <ConfirmDialog
        title={t("certificate.authority.discardTitle")}
        isOpen={discarding}
        onClose={() => setDiscarding(false)}
        onConfirm={() => void discard()}
        confirmLabel={t("certificate.authority.discard")}
        danger
      >
        {t("certificate.authority.discardText")}
      </ConfirmDialog>
      {view.certificate === null ? null : (
        <ReplaceDialog
          certificate={view.certificate}
          isOpen={asked !== null}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void asked?.bring();
          }}
        />
      )}
    </div>
  );
}
