import type { SetupView } from "../../preload/model/setup.ts";
import type { StepAccessView } from "../../preload/model/tenant.ts";
import { navigate } from "../store/route.ts";
import type { Tone } from "../ui/index.ts";
import { Badge, Link, Table } from "../ui/index.ts";
import styles from "./tenant.module.css";
import { useTenantWords } from "./words.ts";

const tones: Record<StepAccessView["answer"], Tone> = { done: "ok", yes: "ok", no: "warn", unknown: "none" };

/** Per step of the tenant: whether the signed-in person can do what is left, and who else could. */
export function AccessSteps({ view }: { view: SetupView }) {
  const { t, roles } = useTenantWords();
  const { access, rolesUnknown } = view.tenant;
  const setupId = view.summary.id;
  const reason = t(`tenant.unknown.${rolesUnknown ?? "depends"}`);
  return (
    <section className={styles.section}>
      <h2>{t("tenant.access.steps")}</h2>
      <Table
        label={t("tenant.access.steps")}
        columns={[
          { id: "step", label: t("tenant.access.step") },
          { id: "answer", label: t("tenant.access.answer") },
          { id: "who", label: t("tenant.access.who") },
        ]}
        rows={access.map((one) => {
          const number = view.steps.find(({ id }) => id === one.step)?.number ?? 0;
          return {
            id: one.step,
            cells: [
              <Link key="step" onPress={() => navigate({ screen: "setup", setupId, step: one.step })}>
                {t("checklist.position", { number, title: t(`steps.${one.step}.title`) })}
              </Link>,
              <span key="answer" className={styles.answer}>
                <Badge tone={tones[one.answer]}>
                  {t(`tenant.access.${one.answer === "done" ? "doneAnswer" : one.answer}`)}
                </Badge>
                {one.answer === "unknown" ? (
                  <span className={styles.dim}>{t("tenant.access.unknownReason", { reason })}</span>
                ) : null}
              </span>,
              one.answer === "done"
                ? ""
                : one.roles.length === 0
                  ? t("tenant.access.anyUser")
                  : roles(one.roles),
            ],
          };
        })}
      />
    </section>
  );
}
