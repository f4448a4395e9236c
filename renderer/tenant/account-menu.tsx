import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { showPlan } from "../store/plan-dialog.ts";
import { navigate } from "../store/route.ts";
import type { MenuEntry } from "../ui/index.ts";
import { Button, ConfirmDialog, Menu } from "../ui/index.ts";
import { goOnAs, resetPractice, signOut } from "./intents.ts";
import { SignInDialog } from "./sign-in-dialog.tsx";
import styles from "./tenant.module.css";

/** Who is signed in to the setup's tenant, and what can be done about it; "Sign in" when nobody is. */
export function AccountMenu({ view }: { view: SetupView }) {
  const t = useT();
  const [dialog, setDialog] = useState<"sign-in" | "reset" | null>(null);
  const { signIn } = view.tenant;
  const account = signIn.state === "signed-in" ? signIn.account : null;
  const close = (): void => setDialog(null);
  return (
    <>
      {account === null ? (
        <Button variant="quiet" icon="person" onPress={() => setDialog("sign-in")}>
          {signIn.state === "signing-in" ? t("identity.footer.signingIn") : t("identity.account.signIn")}
        </Button>
      ) : (
        <Menu
          label={t("identity.account.menu", { name: account.username })}
          content={
            <>
              <span
                className={styles.avatar}
                data-initial={(account.name || account.username).charAt(0).toLocaleUpperCase()}
              />
              <span className={styles.account}>{account.username}</span>
            </>
          }
          items={entries(view, t, setDialog)}
        />
      )}
      {dialog === "sign-in" ? <SignInDialog view={view} onClose={close} /> : null}
      <ConfirmDialog
        title={t("practice.reset.title")}
        isOpen={dialog === "reset"}
        onClose={close}
        onConfirm={() => {
          close();
          void resetPractice(view.summary.id);
        }}
        confirmLabel={t("practice.reset.submit")}
      >
        {t("practice.reset.text")}
      </ConfirmDialog>
    </>
  );
}

function entries(
  { summary, tenant }: SetupView,
  t: ReturnType<typeof useT>,
  open: (dialog: "sign-in" | "reset") => void,
): MenuEntry[] {
  const setupId = summary.id;
  const { account, accounts } = tenant.signIn;
  const canUndo = tenant.undo !== null && tenant.undo.changes.length > 0;
  return [
    {
      id: "access",
      label: t("identity.account.access"),
      icon: "key",
      onAction: () => navigate({ screen: "access", setupId }),
    },
    {
      id: "undo",
      label: t("identity.account.undo"),
      icon: "back",
      disabledReason: canUndo ? null : t("tenant.undo.none"),
      onAction: () => showPlan(setupId, "undo"),
    },
    ...(summary.practice
      ? [
          {
            id: "reset",
            label: t("identity.account.reset"),
            icon: "refresh" as const,
            onAction: () => open("reset"),
          },
        ]
      : []),
    ...accounts
      .filter(({ id }) => id !== account?.id)
      .map((other): MenuEntry => ({
        id: `account ${other.id}`,
        label: t("identity.account.use", { name: other.username }),
        icon: "person",
        onAction: () => void goOnAs(setupId, other.id, other.username),
      })),
    {
      id: "switch",
      label: t("identity.account.add"),
      icon: "plus",
      onAction: () => open("sign-in"),
    },
    {
      id: "sign-out",
      label: t("identity.account.signOut"),
      icon: "lock",
      onAction: () => void signOut(setupId),
    },
  ];
}
