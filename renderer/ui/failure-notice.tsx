import type { ReactNode } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import { useT } from "../i18n.ts";
import { Notice } from "./panel.tsx";

export interface FailureNoticeProps {
  error: ErrorView;
  /** The way on, for example trying again. */
  actions?: ReactNode;
}

/** Why something failed and what can be done, where it was tried. */
export function FailureNotice({ error, actions }: FailureNoticeProps) {
  const t = useT();
  return (
    <Notice tone="bad" role="alert" title={t(`${error.messageKey}.title`, error.details)} actions={actions}>
      {t(`${error.messageKey}.help`, error.details)}
    </Notice>
  );
}
