import { useMemo, useState } from "react";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import { ReasonList } from "../checklist/reasons.tsx";
import { SetupProvider } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, Button, CodeBlock, Heading, Link, Notice, PasswordField, Screen } from "../ui/index.ts";
import styles from "./dry-run.module.css";
import { Lights } from "./lights.tsx";
import { SupportDetails } from "./support-details.tsx";
import { useAnnouncedState, useDryRun } from "./use-dry-run.ts";
import { WaitingNotice } from "./waiting-notice.tsx";

const tones: Record<SetupView["dryRun"]["state"], Tone> = {
  never: "none",
  running: "none",
  waiting: "wait",
  passed: "ok",
  attention: "warn",
};

/** The helper "Dry run": connects as the application before the portal does, and names what stands in the way. */
export function DryRunScreen({ view }: { view: SetupView }) {
  const t = useT();
  const { dryRun, summary } = view;
  const setupId = summary.id;
  useAnnouncedState(view);
  const context = useMemo(
    () => ({ view, goTo: ({ step }: Target) => navigate({ screen: "setup", setupId, step }) }),
    [view, setupId],
  );
  return (
    <SetupProvider value={context}>
      <Screen title={t("dryRun.windowTitle", { setup: summary.name })}>
        <div className={styles.page}>
          <Heading
            badge={<Badge tone={tones[dryRun.state]}>{t(`dryRun.states.${dryRun.state}`)}</Badge>}
            note={dryRun.at === null ? undefined : t("dryRun.lastRun", { when: formatWhen(dryRun.at) })}
          >
            {t("dryRun.title")}
          </Heading>
          <p>{t("dryRun.intro")}</p>
          <Notice tone="none" title={t("dryRun.from")}>
            <p>{t("dryRun.added")}</p>
          </Notice>
          {dryRun.missing.length === 0 ? null : (
            <Notice tone="warn" title={t("dryRun.missingTitle")}>
              <ReasonList reasons={dryRun.missing} />
            </Notice>
          )}
          <Controls view={view} />
          {dryRun.outdated ? <Notice tone="warn" title={t("dryRun.outdated")} /> : null}
          <WaitingNotice dryRun={dryRun} />
          <Lights dryRun={dryRun} />
          <SupportDetails details={dryRun.details} />
          <section className={styles.section} aria-labelledby="dry-run-way">
            <h2 id="dry-run-way">{t("dryRun.wayTitle")}</h2>
            <p className={styles.aside}>{t("dryRun.way")}</p>
            {dryRun.powershell === null ? (
              <p className={styles.aside}>{t("dryRun.wayMissing")}</p>
            ) : (
              <CodeBlock text={dryRun.powershell} what={t("dryRun.wayCode")} />
            )}
          </section>
          <p>
            <Link onPress={() => navigate({ screen: "setup", setupId, step: "rollout" })}>
              {t("dryRun.backToRollout")}
            </Link>
          </p>
        </div>
      </Screen>
    </SetupProvider>
  );
}

/** Start and stop; and the password where it is not kept. */
function Controls({ view }: { view: SetupView }) {
  const t = useT();
  const { dryRun, summary } = view;
  const { pending, run, stop } = useDryRun(summary.id);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const running = dryRun.state === "running" || pending === "run";
  const ready = dryRun.missing.length === 0;
  const asks = dryRun.needsPassword && ready;
  function start(): void {
    setTried(true);
    if (running || !ready || (asks && password === "")) return;
    if (!asks) run();
    else {
      run(password);
      // It is in main's hands now.
      setPassword("");
      setTried(false);
    }
  }
  return (
    <form
      className={styles.controls}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      {asks ? (
        <PasswordField
          label={t("dryRun.password")}
          help={t("dryRun.passwordHelp")}
          value={password}
          onChange={setPassword}
          problem={tried && password === "" ? t("dryRun.passwordEmpty") : null}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button
          variant="primary"
          type="submit"
          pending={running}
          disabledReason={ready ? null : t("dryRun.missingReason")}
        >
          {t(dryRun.at === null ? "dryRun.run" : "dryRun.again")}
        </Button>
        {running || dryRun.state === "waiting" ? (
          <Button pending={pending === "stop"} onPress={stop}>
            {t("dryRun.stop")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
