import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import styles from "./panel.module.css";
import type { Tone } from "./state.tsx";

export interface NoticeProps {
  /** "none" is plain information. */
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** "alert" only for a failure that stops the user now; "status" for what happened meanwhile. */
  role?: "alert" | "status" | undefined;
}

const noticeIcons: Record<Tone, IconName> = {
  ok: "check",
  warn: "warning",
  bad: "problem",
  wait: "wait",
  none: "info",
};

/** A message that stays on the screen until its reason is gone. */
export function Notice({ tone, title, children, actions, role }: NoticeProps) {
  return (
    <div
      className={cx(styles.notice, tone !== "none" && styles[tone])}
      {...(role === undefined ? {} : { role })}
    >
      <Icon name={noticeIcons[tone]} />
      <div className={styles.noticeText}>
        <div className={styles.noticeTitle}>{title}</div>
        <div className={styles.noticeBody}>{children}</div>
      </div>
      {actions === undefined || actions === null ? null : (
        <div className={styles.noticeActions}>{actions}</div>
      )}
    </div>
  );
}

export interface CardProps {
  title?: ReactNode;
  /** Level of the title's heading; 2 unless said otherwise. */
  level?: 2 | 3 | undefined;
  badge?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A bordered group of things that belong together. */
export function Card({ title, level = 2, badge, actions, children }: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={styles.card}>
      {title === undefined ? null : (
        <div className={styles.cardHead}>
          <Heading>{title}</Heading>
          {badge}
          {actions === undefined ? null : <div className={styles.cardActions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

export interface Definition {
  term: string;
  value: ReactNode;
  /** Text that a copy button copies. */
  copy?: string | undefined;
  monospace?: boolean | undefined;
}

/** Facts with their names. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className={styles.definitions}>
      {items.map((item) => (
        <DefinitionRow key={item.term} item={item} />
      ))}
    </dl>
  );
}

function DefinitionRow({ item }: { item: Definition }) {
  return (
    <>
      <dt>{item.term}</dt>
      <dd>
        <span>{item.monospace === true ? <code>{item.value}</code> : item.value}</span>
        {item.copy === undefined ? null : <CopyButton text={item.copy} what={item.term} iconOnly />}
      </dd>
    </>
  );
}

export interface EmptyStateProps {
  title: string;
  text: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
}

/** What a screen says when there is nothing yet. */
export function EmptyState({ title, text, actions, icon }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon}
      <h2>{title}</h2>
      <div className={styles.emptyText}>{text}</div>
      {actions === undefined ? null : <div className={styles.emptyActions}>{actions}</div>}
    </div>
  );
}
