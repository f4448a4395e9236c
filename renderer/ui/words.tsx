import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { cx } from "./cx.ts";
import { Icon } from "./icons.tsx";
import { parseRichText } from "./rich-text.ts";
import styles from "./words.module.css";

/** Read by screen readers, not seen. */
export function VisuallyHidden({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span className={styles.hidden} {...(id === undefined ? {} : { id })}>
      {children}
    </span>
  );
}

/** A key on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

/** A text from the locale files with `code` and **bold**; never HTML. */
export function Text({ children }: { children: string }) {
  return parseRichText(children).map((part) => {
    if (part.kind === "code") {
      return (
        <code className={styles.code} key={part.at}>
          {part.text}
        </code>
      );
    }
    return part.kind === "bold" ? <strong key={part.at}>{part.text}</strong> : part.text;
  });
}

export interface LinkProps {
  onPress?: (() => void) | undefined;
  /** A place inside this document, such as "#main". Addresses outside are opened by main. */
  href?: `#${string}` | undefined;
  /** Opens in the system's browser: adds the arrow. */
  external?: boolean | undefined;
  /** Full accessible name; must contain the visible words. */
  label?: string | undefined;
  children: ReactNode;
}

/** A link in running text. What leaves the app goes through main, so it is a button that looks like a link. */
export function Link({ onPress, href, external = false, label, children }: LinkProps) {
  if (href !== undefined) {
    return (
      <a className={styles.link} href={href}>
        {children}
      </a>
    );
  }
  return (
    <AriaButton
      className={cx(styles.link)}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
    >
      {children}
      {external ? <Icon name="external" /> : null}
    </AriaButton>
  );
}
