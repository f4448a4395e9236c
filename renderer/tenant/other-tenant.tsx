import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Button, Notice } from "../ui/index.ts";
import { signIn } from "./intents.ts";
import { SignInDialog } from "./sign-in-dialog.tsx";

interface OtherTenantProps {
  view: SetupView;
  /** Leads to the tenant ID of the setup. */
  onCorrect: () => void;
}

/** The signed-in tenant is not the setup's: everything stops, with both names. */
export function OtherTenant({ view, onCorrect }: OtherTenantProps) {
  const t = useT();
  const [switching, setSwitching] = useState(false);
  const { otherTenant } = view.tenant;
  if (otherTenant === null) return null;
  const { expected, found, foundName: name } = otherTenant;
  const own = view.summary.tenantName || view.summary.tenantDomain;
  return (
    <>
      <Notice
        tone="bad"
        title={t("tenant.other.title")}
        actions={
          <>
            <Button onPress={onCorrect}>{t("tenant.other.id")}</Button>
            <Button onPress={() => void signIn(view.summary.id, "browser", { guest: true })}>
              {t("tenant.other.guest")}
            </Button>
            <Button variant="primary" onPress={() => setSwitching(true)}>
              {t("identity.account.add")}
            </Button>
          </>
        }
      >
        <p>{t(own === "" ? "tenant.other.text" : "tenant.other.named", { own, expected, found, name })}</p>
      </Notice>
      {switching ? <SignInDialog view={view} onClose={() => setSwitching(false)} /> : null}
    </>
  );
}
