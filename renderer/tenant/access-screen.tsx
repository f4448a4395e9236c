import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Button, Heading, Screen } from "../ui/index.ts";
import { AccessSteps } from "./access-steps.tsx";
import { AccessTenant } from "./access-tenant.tsx";
import { CheckTenant } from "./check-tenant.tsx";
import { checkTenant, prepareRequest, signIn } from "./intents.ts";
import { OtherTenant } from "./other-tenant.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { SignInPanel } from "./sign-in.tsx";
import styles from "./tenant.module.css";
import { useRunning } from "./use-running.ts";

/** The helper beside the documentation: which tenant, who one is there, and what each remaining step needs. */
export function AccessScreen({ view }: { view: SetupView }) {
  const t = useT();
  const [running, run] = useRunning();
  const setupId = view.summary.id;
  const { signIn: state, otherTenant, plan, lastRead, work } = view.tenant;
  const isReady = state.account !== null && state.pending === null && otherTenant === null;
  const isRead = isReady && plan !== null;
  return (
    <Screen title={t("tenant.access.windowTitle", { setup: view.summary.name })}>
      <div className={styles.wide}>
        <div className={styles.stack}>
          <Heading
            note={t("tenant.access.added")}
            actions={
              isRead ? (
                <Button
                  icon="refresh"
                  pending={running || work?.kind === "reading"}
                  onPress={() => void run(checkTenant(setupId))}
                >
                  {t("tenant.check.again")}
                </Button>
              ) : undefined
            }
          >
            {t("tenant.access.title")}
          </Heading>
          <p className={styles.dim}>{t("tenant.access.intro")}</p>
        </div>
        {state.account === null || state.pending !== null ? <SignInPanel view={view} /> : null}
        {isReady && state.problem !== null ? <ProblemNotice problem={state.problem} /> : null}
        {isReady && view.tenant.problem !== null ? <ProblemNotice problem={view.tenant.problem} /> : null}
        {state.account === null || otherTenant === null ? null : (
          <OtherTenant
            view={view}
            onCorrect={() =>
              navigate({ screen: "setup", setupId, step: "application-ids", field: "tenantId" })
            }
          />
        )}
        {isReady ? <AccessTenant view={view} /> : null}
        {isReady && plan === null ? <CheckTenant view={view} /> : null}
        {isRead ? (
          <>
            <AccessSteps view={view} />
            <Activation onActivated={() => void signIn(setupId, "browser")} />
            <section className={styles.section}>
              <h2>{t("tenant.access.others")}</h2>
              <p>{t("tenant.access.othersText")}</p>
              <p className={styles.dim}>{t("tenant.access.consentNote")}</p>
              <div className={styles.buttons}>
                <Button onPress={() => void prepareRequest(setupId)}>{t("tenant.card.request")}</Button>
              </div>
            </section>
          </>
        ) : null}
        {lastRead === null ? null : (
          <p className={styles.dim}>
            {t(lastRead.by === "" ? "tenant.check.lastUnnamed" : "tenant.check.last", {
              when: formatWhen(lastRead.at),
              by: lastRead.by,
            })}
          </p>
        )}
      </div>
    </Screen>
  );
}

/** Roles that wait for activation cannot be seen; only a new sign-in shows what was activated. */
function Activation({ onActivated }: { onActivated: () => void }) {
  const t = useT();
  return (
    <section className={styles.section}>
      <h2>{t("tenant.access.pimTitle")}</h2>
      <p>{t("tenant.access.pim")}</p>
      <div className={styles.buttons}>
        <Button iconAfter="external" onPress={onActivated}>
          {t("tenant.access.activated")}
        </Button>
      </div>
    </section>
  );
}
