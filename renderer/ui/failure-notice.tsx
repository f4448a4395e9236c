import type { ErrorView } from "../../preload/model/errors.ts";
import { useT } from "../i18n.ts";
import { Notice } from "./panel.tsx";

/** Why something failed and what can be done, where it was tried. */
export function FailureNotice({ error }: { error: ErrorView }) {
  const t = useT();
  return (
    <Notice tone="bad" role="alert" title={t(`${error.messageKey}.title`, error.details)}>
      {t(`${error.messageKey}.help`, error.details)}
    </Notice>
  );
}
