import type { StepId } from "../../preload/model/guide.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { navigate } from "../store/route.ts";
import { Button, Notice } from "../ui/index.ts";

const concerned: ReadonlySet<StepId> = new Set([
  "certificate",
  "upload-certificate",
  "technical-attributes",
  "rollout",
]);

/** On the steps that an exchange does anew: why they are open again, and the way to it. */
export function RotationNotice({ step }: { step: StepId }) {
  const t = useT();
  const { view } = useSetup();
  if (view.rotation === null || !concerned.has(step)) return null;
  return (
    <Notice
      tone="none"
      title={t("rotation.notice.title")}
      actions={
        <Button onPress={() => navigate({ screen: "rotation", setupId: view.summary.id })}>
          {t("rotation.notice.open")}
        </Button>
      }
    >
      {t("rotation.notice.text")}
    </Notice>
  );
}
