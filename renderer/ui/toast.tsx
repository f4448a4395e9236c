import { useEffect, useRef, useState } from "react";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { dismissToast, showToast, useToasts } from "../store/toasts.ts";
import type { Toast } from "../store/toasts.ts";
import { announce } from "./announcer.tsx";
import { Button, IconButton } from "./button.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icons.tsx";
import styles from "./toast.module.css";

/** Shows a short message; gives its id. It stays at least ten seconds and can carry one action. */
export function useToast(): typeof showToast {
  return showToast;
}

/** The messages in the corner. They wait while the pointer or the focus is on them. */
export function ToastRegion() {
  const t = useT();
  const toasts = useToasts();
  if (toasts.length === 0) return null;
  return (
    <section aria-label={t("common.messages")}>
      <ToastList toasts={toasts} />
    </section>
  );
}

/** Goes with its last message, so that the next one does not wait for a pointer that was on an earlier one. */
function ToastList({ toasts }: { toasts: Toast[] }) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState<number | null>(null);
  // Reading a message, by pointer or keyboard, must not be a race against its end.
  // A message that is closed takes the focus along, and no blur tells of it.
  const paused = hovered || toasts.some(({ id }) => id === focused);
  return (
    <ul
      className={styles.region}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} paused={paused} onFocus={setFocused} />
      ))}
    </ul>
  );
}

/** Closes a message at the user's wish; the button they pressed goes with it. */
function close({ id }: Toast): void {
  dismissToast(id);
  keepFocus();
}

interface ToastItemProps {
  toast: Toast;
  paused: boolean;
  /** Gets the message's id when the focus comes to it, and null when it leaves. */
  onFocus: (id: number | null) => void;
}

function ToastItem({ toast, paused, onFocus }: ToastItemProps) {
  const t = useT();
  const left = useRef(toast.stay);
  const spoken = useRef(false);
  const title = t(toast.title, toast.params);
  const text = toast.text === null ? "" : t(toast.text, toast.params);

  useEffect(() => {
    if (spoken.current) return;
    spoken.current = true;
    announce(text === "" ? title : `${title} ${text}`, toast.tone === "bad" ? "assertive" : "polite");
  }, [title, text, toast.tone]);

  useEffect(() => {
    if (paused || left.current === null) return undefined;
    const startedAt = performance.now();
    const timer = setTimeout(() => dismissToast(toast.id), left.current);
    return () => {
      clearTimeout(timer);
      if (left.current !== null)
        left.current = Math.max(1_000, left.current - (performance.now() - startedAt));
    };
  }, [paused, toast.id]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={cx(styles.toast, toast.tone !== "none" && styles[toast.tone])}
      onFocus={() => onFocus(toast.id)}
      onBlur={() => onFocus(null)}
    >
      <span className={styles.icon}>
        <Icon name={toast.tone === "bad" ? "problem" : toast.tone === "ok" ? "check" : "info"} />
      </span>
      <div>
        <div className={styles.title}>{title}</div>
        {text === "" ? null : <div className={styles.text}>{text}</div>}
        {toast.action === null ? null : <ToastAction toast={toast} action={toast.action} />}
      </div>
      <div className={styles.close}>
        <IconButton label={t("common.dismiss")} icon="close" onPress={() => close(toast)} />
      </div>
    </li>
  );
}

function ToastAction({ toast, action }: { toast: Toast; action: NonNullable<Toast["action"]> }) {
  const t = useT();
  return (
    <div className={styles.action}>
      <Button
        onPress={() => {
          close(toast);
          action.run();
        }}
      >
        {t(action.label)}
      </Button>
    </div>
  );
}
