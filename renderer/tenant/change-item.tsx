import type { PermissionRow } from "../../preload/model/guide.ts";
import type { ChangeView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Badge, CodeBlock, CopyButton } from "../ui/index.ts";
import { ShownLines } from "./shown-lines.tsx";
import styles from "./tenant.module.css";
import { useTenantWords } from "./words.ts";

interface ChangeItemProps {
  change: ChangeView;
  /** All changes of the plan, for the names of those that it waits for. */
  plan: readonly ChangeView[];
  permissions: readonly PermissionRow[];
}

/** One change: what is before and after, who may make it, how it is taken back, what is sent. */
export function ChangeItem({ change, plan, permissions }: ChangeItemProps) {
  const t = useT();
  const words = useTenantWords();
  const name = words.changeTitle(change.id, change.kind, permissions);
  const waitsFor = plan
    .filter(({ id }) => change.heldBackBy.includes(id))
    .map((other) => words.changeTitle(other.id, other.kind, permissions));
  return (
    <li className={styles.change}>
      <div className={styles.changeHead}>
        <strong>{name}</strong>
        <Right change={change} />
      </div>
      {waitsFor.length === 0 ? null : (
        <p className={styles.dim}>{t("tenant.plan.heldBack", { changes: words.list(waitsFor) })}</p>
      )}
      <dl className={styles.shift} data-back={change.inverse === null ? "" : undefined}>
        <div>
          <dt>{t("tenant.plan.before")}</dt>
          <dd>
            <ShownLines lines={change.before} />
          </dd>
        </div>
        <div>
          <dt>{t("tenant.plan.after")}</dt>
          <dd>
            <ShownLines lines={change.after} />
          </dd>
        </div>
      </dl>
      {change.inverse === null ? null : (
        <p className={styles.dim}>
          {t("tenant.plan.inverse", { inverse: t(`tenant.inverse.${change.inverse}`) })}
        </p>
      )}
      <Request change={change} name={name} />
    </li>
  );
}

function Right({ change }: { change: ChangeView }) {
  const { t, roles } = useTenantWords();
  if (change.mayDo === "yes") return <Badge tone="ok">{t("tenant.plan.mayYes")}</Badge>;
  return (
    <span className={styles.dim}>
      {t(change.mayDo === "no" ? "tenant.plan.mayNo" : "tenant.plan.mayUnknown", {
        roles: roles(change.roles),
      })}
    </span>
  );
}

function Request({ change, name }: { change: ChangeView; name: string }) {
  const t = useT();
  const { method, path, body } = change.request;
  const line = `${method} ${path}`;
  return (
    <details className={styles.details}>
      <summary>{t("tenant.plan.details", { change: name })}</summary>
      <div className={styles.request}>
        <span className={styles.line}>
          <code>{line}</code>
          <CopyButton text={line} what={t("tenant.plan.request")} iconOnly />
        </span>
        {body === "" ? null : <CodeBlock text={body} what={t("tenant.plan.body")} />}
      </div>
    </details>
  );
}
