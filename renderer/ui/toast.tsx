import { useEffect, useRef, useState } from "react";
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
  const [paused, setPaused] = useState(false);
  if (toasts.length === 0) return null;
  return (
    <section aria-label={t("common.messages")}>
      {/* Reading a message, by pointer or keyboard, must not be a race against its end. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        className={styles.region}
        onPointerEnter={() => setPaused(true)}
        onPointerLeave={() => setPaused(false)}
        onFocus={() => setPaused(true)}
        onBlur={() => setPaused(false)}
      >
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} paused={paused} />
        ))}
      </ul>
    </section>
  );
}

function ToastItem({ toast, paused }: { toast: Toast; paused: boolean }) {
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
    <li className={cx(styles.toast, toast.tone !== "none" && styles[toast.tone])}>
      <span className={styles.icon}>
        <Icon name={toast.tone === "bad" ? "problem" : toast.tone === "ok" ? "check" : "info"} />
      </span>
      <div>
        <div className={styles.title}>{title}</div>
        {text === "" ? null : <div className={styles.text}>{text}</div>}
        {toast.action === null ? null : <ToastAction toast={toast} action={toast.action} />}
      </div>
      <div className={styles.close}>
        <IconButton label={t("common.dismiss")} icon="close" onPress={() => dismissToast(toast.id)} />
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
          dismissToast(toast.id);
          action.run();
        }}
      >
        {t(action.label)}
      </Button>
    </div>
  );
}
