import { useMemo } from "react";
import type { RotationView } from "../../preload/model/rotation.ts";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import { ReasonList } from "../checklist/reasons.tsx";
import { SetupProvider, useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Badge, Button, Heading, Notice, Screen } from "../ui/index.ts";
import { CancelRotation } from "./cancel-rotation.tsx";
import { Certificates } from "./certificates.tsx";
import styles from "./rotation.module.css";
import { RotationSteps } from "./rotation-steps.tsx";
import { StartRotation } from "./start-rotation.tsx";
import { useRotation } from "./use-rotation.ts";

/** The exchange of a certificate that is in use, as a short checklist of its own. */
export function RotationScreen({ view }: { view: SetupView }) {
  const t = useT();
  const setupId = view.summary.id;
  const { rotation } = view;
  const context = useMemo(
    () => ({ view, goTo: (target: Target) => navigate({ screen: "setup", setupId, ...target }) }),
    [view, setupId],
  );
  const done = rotation?.steps.filter(({ state }) => state === "done").length ?? 0;
  const total = rotation?.steps.length ?? 0;
  return (
    <SetupProvider value={context}>
      <Screen title={t("rotation.windowTitle", { setup: view.summary.name })}>
        <div className={styles.page}>
          <Heading
            badge={
              rotation === null ? undefined : (
                <Badge tone={done === total ? "ok" : "none"}>{t("rotation.done", { done, total })}</Badge>
              )
            }
            note={rotation === null ? undefined : <Started rotation={rotation} />}
            actions={rotation?.canCancel === true ? <CancelRotation rotation={rotation} /> : undefined}
          >
            {t("rotation.title")}
          </Heading>
          <p>{t("rotation.intro")}</p>
          <p className={styles.aside}>{t("rotation.added")}</p>
          {rotation === null ? <StartRotation /> : <UnderWay rotation={rotation} />}
        </div>
      </Screen>
    </SetupProvider>
  );
}

function Started({ rotation: { startedAt, by } }: { rotation: RotationView }) {
  const t = useT();
  const when = formatWhen(startedAt);
  return <>{by === "" ? t("rotation.started", { when }) : t("rotation.startedBy", { when, by })}</>;
}

function UnderWay({ rotation }: { rotation: RotationView }) {
  const t = useT();
  return (
    <>
      {rotation.warnings.length === 0 ? null : (
        <Notice tone="warn" title={t("rotation.warnings.title")}>
          <ReasonList reasons={rotation.warnings} />
        </Notice>
      )}
      {rotation.current === null ? <Finish /> : null}
      <RotationSteps rotation={rotation} />
      <Certificates rotation={rotation} />
    </>
  );
}

function Finish() {
  const t = useT();
  const { view } = useSetup();
  const { finish, pending } = useRotation(view.summary.id);
  return (
    <Notice
      tone="ok"
      title={t("rotation.finish.title")}
      actions={
        <Button variant="primary" pending={pending} onPress={() => void finish()}>
          {t("rotation.finish.action")}
        </Button>
      }
    >
      {t("rotation.finish.text")}
    </Notice>
  );
}
