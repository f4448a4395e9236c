import { useT } from "../../i18n.ts";
import { Button } from "../../ui/index.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import { absentPassword } from "../absent-password.ts";
import { useCertificateFiles } from "../intents.ts";
import { useSetup } from "../step-context.ts";

/** The PFX file to upload: where it lies, and saving it. */
export function PfxValue() {
  const t = useT();
  const { view } = useSetup();
  const { savePfx, show, pending } = useCertificateFiles();
  const { certificate } = view;
  if (certificate === null) return <span className={shared.aside}>{t("step.attributes.noFile")}</span>;
  const path = certificate.pfx?.path ?? null;
  const absent = certificate.pfx === null ? "noFile" : "unknownPlace";
  return (
    <>
      {path === null ? (
        <span className={shared.aside}>{t(`step.attributes.${absent}`)}</span>
      ) : (
        <code>{path}</code>
      )}
      <div className={styles.buttons}>
        {path === null ? null : (
          <Button icon="folder" onPress={() => show("pfx")}>
            {t("step.attributes.showFile")}
          </Button>
        )}
        {certificate.keyStored && view.password.state !== "none" ? (
          <Button icon="download" pending={pending} onPress={savePfx}>
            {t("step.attributes.savePfx")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

/** The PFX password: that it is there, never what it is. */
export function SecretValue() {
  const t = useT();
  const { view } = useSetup();
  const { password } = view;
  const absent = absentPassword(view);
  if (absent !== null) {
    const style = absent === "noPassword" ? shared.aside : styles.problem;
    return <span className={style}>{t(`step.attributes.${absent}`)}</span>;
  }
  return (
    <span className={styles.concealed}>
      <span aria-hidden="true">••••••••••••</span>
      <span className={shared.aside}>
        {password.length === null
          ? t("step.attributes.concealed")
          : t("step.attributes.concealedLength", { count: password.length })}
      </span>
    </span>
  );
}
