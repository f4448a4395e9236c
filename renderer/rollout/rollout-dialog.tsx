import { useState } from "react";
import type { ReactNode } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import { valueIn } from "../checklist/bodies/field-of.ts";
import { useSetup } from "../checklist/step-context.ts";
import { usePerson } from "../checklist/use-person.ts";
import { useT } from "../i18n.ts";
import { Button, CopyButton, Dialog, FailureNotice, Segmented, TextField } from "../ui/index.ts";
import styles from "./rollout.module.css";
import { useRollout } from "./use-rollout.ts";

type Outcome = "connected" | "failed";

/** Leads through the portal's Rollout, which only a person can press, and records what came of it. */
export function RolloutDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const person = usePerson();
  const { record } = useRollout();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [text, setText] = useState("");
  const [by, setBy] = useState(person);
  const [tried, setTried] = useState(false);
  const problems = problemsOf({ outcome, text, by });
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);
  async function submit(): Promise<void> {
    setTried(true);
    if (pending || outcome === null || problems.length > 0) return;
    setPending(true);
    const failed = await record(outcome, text.trim(), by.trim());
    setPending(false);
    setFailure(failed);
    // What was typed stays until it is recorded.
    if (failed === null) onClose();
  }
  const shown = (problem: Problem): string | null =>
    tried && problems.includes(problem) ? t(`rollout.guide.${problem}`) : null;
  return (
    <Dialog
      title={t("rollout.guide.title")}
      size="wide"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("rollout.guide.cancel")}</Button>
          <Button variant="primary" pending={pending} onPress={() => void submit()}>
            {t("rollout.guide.record")}
          </Button>
        </>
      }
    >
      <ol className={styles.guide}>
        <OpenPortal />
        <GuideStep title={t("rollout.guide.goTitle")}>
          <p>{t("rollout.guide.path")}</p>
          <InstanceName />
        </GuideStep>
        <GuideStep title={t("rollout.guide.pressTitle")}>
          <p>{t("rollout.guide.press")}</p>
        </GuideStep>
        <GuideStep title={t("rollout.guide.resultTitle")}>
          <Segmented<Outcome>
            label={t("rollout.guide.result")}
            value={outcome}
            onChange={setOutcome}
            options={[
              { id: "connected", label: t("rollout.guide.connected") },
              { id: "failed", label: t("rollout.guide.failed") },
            ]}
          />
          {shown("chooseResult") === null ? null : (
            <p className={styles.problem} role="alert">
              {shown("chooseResult")}
            </p>
          )}
          {outcome === null ? null : (
            <>
              <TextField
                label={t(outcome === "failed" ? "rollout.guide.errorText" : "rollout.guide.note")}
                help={outcome === "failed" ? t("rollout.guide.errorTextHint") : undefined}
                value={text}
                onChange={setText}
                multiline
                isRequired={outcome === "failed"}
                problem={shown("enterError")}
                maxLength={20_000}
              />
              <TextField
                label={t("rollout.guide.name")}
                value={by}
                onChange={setBy}
                isRequired
                problem={shown("enterName")}
                maxLength={200}
              />
            </>
          )}
        </GuideStep>
      </ol>
      {failure === null ? null : <FailureNotice error={failure} />}
    </Dialog>
  );
}

type Problem = "chooseResult" | "enterError" | "enterName";

/** What the record still lacks. A failure without its text helps nobody. */
export function problemsOf(entered: { outcome: Outcome | null; text: string; by: string }): Problem[] {
  const problems: Problem[] = [];
  if (entered.outcome === null) problems.push("chooseResult");
  if (entered.outcome === "failed" && entered.text.trim() === "") problems.push("enterError");
  if (entered.by.trim() === "") problems.push("enterName");
  return problems;
}

function GuideStep({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      {children}
    </li>
  );
}

function OpenPortal() {
  const t = useT();
  const { view } = useSetup();
  const { openPortal } = useRollout();
  const link = view.steps.flatMap((step) => step.links).find(({ id }) => id === "iam-cloud-portal");
  const url = link?.url ?? null;
  return (
    <GuideStep title={t("rollout.guide.openTitle")}>
      {url === null ? (
        <p>{t("rollout.guide.noUrl")}</p>
      ) : (
        <div className={styles.buttons}>
          <Button icon="external" onPress={openPortal}>
            {t("rollout.guide.open")}
          </Button>
          <span className={styles.pathLine}>
            <code>{url}</code>
            <CopyButton text={url} what={t("links.iam-cloud-portal.label")} iconOnly />
          </span>
        </div>
      )}
    </GuideStep>
  );
}

function InstanceName() {
  const t = useT();
  const { view } = useSetup();
  const name = valueIn(view, "instanceName");
  if (name === "") return null;
  return (
    <p className={styles.pathLine}>
      <span>{t("rollout.guide.instance", { name })}</span>
      <CopyButton text={name} what={t("rollout.closed.instance")} iconOnly />
    </p>
  );
}
