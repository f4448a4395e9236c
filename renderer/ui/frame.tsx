import type { ReactNode } from "react";
import { useEffect } from "react";
import { useT } from "../i18n.ts";
import { cx } from "./cx.ts";
import styles from "./frame.module.css";
import { useCompact } from "./use-compact.ts";

export interface ScreenProps {
  /** Title of the window without the app's name, for example "API permissions (step 7 of 15) - Contoso". */
  title: string;
  /** Left column; brings its own <nav> landmark. Above the content when there is only one column. */
  nav?: ReactNode;
  /** Right column; below the content when there is only one column. */
  aside?: ReactNode;
  asideLabel?: string | undefined;
  /** The content brings its own scrolling and padding, for a bar that stays at the bottom. */
  bare?: boolean | undefined;
  /** Use the whole width instead of a comfortable line length. */
  wide?: boolean | undefined;
  children: ReactNode;
}

/** What stands between header and footer: the content, and what accompanies it on the left and right. */
export function Screen({ title, nav, aside, asideLabel, bare = false, wide = false, children }: ScreenProps) {
  const t = useT();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const columns = [nav === undefined ? "" : "nav", aside === undefined ? "" : "aside"].join(" ").trim();
  return (
    <div className={styles.screen} data-columns={columns}>
      {nav === undefined ? null : <div className={styles.nav}>{nav}</div>}
      <main className={cx(styles.main, !bare && styles.padded)} id="main" data-region="main" tabIndex={-1}>
        {bare ? children : <div className={cx(!wide && styles.measure)}>{children}</div>}
      </main>
      {aside === undefined ? null : (
        <aside
          className={styles.aside}
          data-region="help"
          tabIndex={-1}
          aria-label={asideLabel ?? t("frame.help")}
        >
          {aside}
        </aside>
      )}
    </div>
  );
}

export interface HeadingProps {
  children: ReactNode;
  badge?: ReactNode;
  /** A short remark after the badge. */
  note?: ReactNode;
  actions?: ReactNode;
}

/** The screen's heading (h1). It takes the focus when the user came here, so that a screen reader says where. */
export function Heading({ children, badge, note, actions }: HeadingProps) {
  return (
    <div className={styles.heading}>
      <h1 tabIndex={-1} data-screen-heading="">
        {children}
      </h1>
      {badge}
      {note === undefined ? null : <span className={styles.dim}>{note}</span>}
      {actions === undefined ? null : <div className={styles.toolbar}>{actions}</div>}
    </div>
  );
}

/** The whole window: one grid, told whether there is room for columns. */
export function Window({
  header,
  footer,
  children,
}: {
  header: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const compact = useCompact();
  return (
    <div className={styles.app} {...(compact ? { "data-compact": "" } : {})}>
      <a className={styles.skip} href="#main" onClick={skipToMain}>
        {t("frame.skip")}
      </a>
      {header}
      {children}
      {footer}
    </div>
  );
}

function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  const main = document.getElementById("main");
  (main?.querySelector<HTMLElement>("[data-screen-heading]") ?? main)?.focus();
}
