import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { showError } from "../store/toasts.ts";
import { announce } from "./announcer.tsx";
import { Button, IconButton } from "./button.tsx";
import { useKeyedTimeout } from "./use-timeout.ts";

export interface CopyButtonProps {
  text: string;
  /** What is copied, for the name and the announcement: "Application ID". */
  what: string;
  onCopied?: (() => void) | undefined;
  iconOnly?: boolean | undefined;
  /** Copies in another way, for secrets that main copies itself. Gives whether it worked. */
  copy?: (() => Promise<boolean>) | undefined;
  disabledReason?: string | null | undefined;
}

/** Copies a value. The words stay the same under focus; the icon shows for a moment that it worked. */
export function CopyButton({
  text,
  what,
  onCopied,
  iconOnly = false,
  copy,
  disabledReason,
}: CopyButtonProps) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  useKeyedTimeout(copied, 2_000, () => setCopied(false));

  async function run(): Promise<void> {
    if (copy === undefined) {
      const result = await attempt(rollout().app.copyText({ text }));
      if (!result.ok) {
        showError(result.error);
        return;
      }
    } else if (!(await copy())) return;
    announce(t("common.copied", { what }), "polite");
    if (mounted.current) setCopied(true);
    onCopied?.();
  }

  const icon = copied ? "check" : "copy";
  const name = t("common.copyWhat", { what });
  if (iconOnly) return <IconButton label={name} icon={icon} onPress={() => void run()} />;
  return (
    <Button icon={icon} label={name} disabledReason={disabledReason} onPress={() => void run()}>
      {t("common.copy")}
    </Button>
  );
}
