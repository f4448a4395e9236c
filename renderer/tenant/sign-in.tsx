import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Button, Card } from "../ui/index.ts";
import { ClientChoice } from "./client-choice.tsx";
import { DeviceCodeChoice } from "./device-code-choice.tsx";
import { signIn } from "./intents.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { SignInPending } from "./sign-in-pending.tsx";
import styles from "./tenant.module.css";

interface SignInPanelProps {
  view: SetupView;
  /** Leads to the tab that needs no sign-in; left out where there is none. */
  onByHand?: (() => void) | undefined;
  /** The heading stands elsewhere already. */
  bare?: boolean | undefined;
}

/** Signing in: what it means, through which client, and the two ways to do it. */
export function SignInPanel({ view, onByHand, bare = false }: SignInPanelProps) {
  const t = useT();
  const { signIn: state } = view.tenant;
  const { pending, problem } = state;
  if (pending !== null) return <SignInPending setupId={view.summary.id} pending={pending} />;
  return (
    <Card {...(bare ? {} : { title: t("identity.signIn.title") })}>
      {problem === null ? null : <ProblemNotice problem={problem} role="alert" />}
      <p>{t("identity.signIn.means")}</p>
      <p className={styles.dim}>
        {t(view.summary.practice ? "identity.signIn.practice" : "identity.signIn.scopes")}
      </p>
      <div className={styles.buttons}>
        <Button
          variant="primary"
          iconAfter="external"
          onPress={() =>
            void signIn(view.summary.id, "browser", { chooseAccount: state.accounts.length > 0 })
          }
        >
          {t("identity.signIn.browser")}
        </Button>
        {onByHand === undefined ? null : (
          <Button variant="quiet" onPress={onByHand}>
            {t("identity.signIn.byHand")}
          </Button>
        )}
      </div>
      {onByHand === undefined ? null : <p className={styles.dim}>{t("identity.signIn.byHandText")}</p>}
      <ClientChoice key={state.clientId} setupId={view.summary.id} signIn={state} />
      <DeviceCodeChoice setupId={view.summary.id} />
    </Card>
  );
}
