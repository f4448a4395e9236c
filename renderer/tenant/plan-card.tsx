import type { ReactNode } from "react";
import type { StepId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { PlanView, TenantView } from "../../preload/model/tenant.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { showPlan } from "../store/plan-dialog.ts";
import { Button, Notice } from "../ui/index.ts";
import { isDoable, missingRoles, openNotes, rolesOf, stopsOf } from "./changes.ts";
import { checkTenant, prepareRequest } from "./intents.ts";
import { NoteList } from "./note-list.tsx";
import styles from "./tenant.module.css";
import { useRunning } from "./use-running.ts";
import type { TenantWords } from "./words.ts";
import { noteTexts, useTenantWords } from "./words.ts";

interface PlanCardProps {
  view: SetupView;
  plan: PlanView;
  step: StepId;
}

/** What stands between the tenant and the documentation: the way to the plan, or that there is nothing. */
export function PlanCard({ view, plan, step }: PlanCardProps) {
  const t = useT();
  const { work } = view.tenant;
  const setupId = view.summary.id;
  if (work !== null && work.kind !== "reading") {
    return (
      <Call
        title={t("tenant.card.working")}
        lines={[t("tenant.work.done", { done: work.done, total: work.total })]}
        actions={<Button onPress={() => showPlan(setupId, "apply")}>{t("tenant.card.progress")}</Button>}
      />
    );
  }
  const stops = stopsOf(plan);
  if (stops.length > 0) {
    return (
      <Call
        title={t("tenant.stop.title")}
        lines={stops.map((note) => noteTexts(note, view.permissions, t).title)}
        actions={
          <>
            <CheckAgain view={view} />
            <Button variant="primary" onPress={() => showPlan(setupId, "apply")}>
              {t("tenant.stop.show")}
            </Button>
          </>
        }
      />
    );
  }
  if (plan.changes.length === 0) return <NothingLeft view={view} plan={plan} />;
  return <Changes view={view} plan={plan} step={step} />;
}

function Changes({ view, plan, step }: PlanCardProps) {
  const words = useTenantWords();
  const { t } = words;
  const { tenant } = view;
  const count = plan.changes.length;
  const here = plan.changes.filter(({ steps }) => steps.includes(step)).length;
  return (
    <div className={styles.stack}>
      <Call
        title={t(`tenant.card.${titleKey(plan, tenant)}`, { count })}
        lines={[
          here === 0
            ? t("tenant.card.stepNone")
            : here === count
              ? ""
              : t("tenant.card.step", { count: here }),
          t("tenant.card.see"),
          rightsLine(plan, tenant, words),
          tenant.request === null
            ? ""
            : t("tenant.card.fromRequest", {
                from: tenant.request.from,
                when: formatWhen(tenant.request.at),
              }),
        ]}
        actions={
          <>
            <Button onPress={() => void prepareRequest(view.summary.id)}>{t("tenant.card.request")}</Button>
            <Button variant="primary" onPress={() => showPlan(view.summary.id, "apply")}>
              {t("tenant.card.show")}
            </Button>
          </>
        }
      />
      <div className={styles.buttons}>
        <CheckAgain view={view} />
      </div>
    </div>
  );
}

function titleKey(plan: PlanView, { request, profile }: TenantView): string {
  if (request !== null) return openNotes(plan).length > 0 ? "titleRequestSome" : "titleRequest";
  return profile === "least-privilege" ? "titleLeast" : "title";
}

/** Who may make the changes: the signed-in person, or which roles. */
function rightsLine({ changes }: PlanView, tenant: TenantView, { t, list, role }: TenantWords): string {
  const names = (ids: readonly string[]): string => list(ids.map(role));
  if (changes.some(({ mayDo }) => mayDo === "unknown")) {
    const reason = t(`tenant.unknown.${tenant.rolesUnknown ?? "not-read"}`);
    return t("tenant.card.mayUnknown", { reason, roles: names(rolesOf(changes)) });
  }
  const open = changes.filter((change) => !isDoable(change));
  const own = tenant.roles ?? [];
  if (open.length === 0) return t("tenant.card.mayAll", { roles: names(own) });
  const roles = names(missingRoles(changes));
  return open.length === changes.length
    ? t("tenant.card.mayNone", { roles })
    : t("tenant.card.maySome", { count: open.length, roles });
}

function NothingLeft({ view, plan }: { view: SetupView; plan: PlanView }) {
  const t = useT();
  const { goTo } = useSetup();
  const { tenant } = view;
  const when = tenant.lastRead === null ? "" : formatWhen(tenant.lastRead.at);
  const open = openNotes(plan);
  if (open.length > 0) {
    return (
      <div className={styles.stack}>
        <p>{t("tenant.done.open", { when })}</p>
        <NoteList view={view} notes={open} onGo={goTo} />
        <div className={styles.buttons}>
          <CheckAgain view={view} />
        </div>
      </div>
    );
  }
  const key =
    tenant.request !== null ? "titleRequest" : tenant.profile === "documented" ? "title" : "titleLeast";
  return (
    <Notice tone="ok" title={t(`tenant.done.${key}`, { when })} actions={<CheckAgain view={view} />}>
      {t("tenant.done.text")}
    </Notice>
  );
}

function CheckAgain({ view }: { view: SetupView }) {
  const t = useT();
  const [running, run] = useRunning();
  const pending = running || view.tenant.work?.kind === "reading";
  return (
    <Button icon="refresh" pending={pending} onPress={() => void run(checkTenant(view.summary.id))}>
      {t("tenant.check.again")}
    </Button>
  );
}

function Call(props: { title: string; lines: readonly string[]; actions: ReactNode }) {
  return (
    <section className={styles.call}>
      <div className={styles.callText}>
        <h2>{props.title}</h2>
        {props.lines
          .filter((line) => line !== "")
          .map((line) => (
            <p key={line}>{line}</p>
          ))}
      </div>
      <div className={styles.buttons}>{props.actions}</div>
    </section>
  );
}
