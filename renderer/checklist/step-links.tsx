import type { LinkView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { openLink } from "../store/setups.ts";
import { Button, CopyButton, Link } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { ReasonLink } from "./reasons.tsx";
import { isReading } from "./steps-of.ts";
import { useSetup } from "./step-context.ts";

/** The places where the step is carried out; each opens in the browser, its address in view. */
export function StepLinks(props: { links: readonly LinkView[] }) {
  const t = useT();
  const links = props.links.filter(({ id }) => !isReading(id));
  if (links.length === 0) return null;
  return (
    <ul className={styles.links} aria-label={t("step.links.title")}>
      {links.map((link) => (
        <StepLink key={link.id} link={link} />
      ))}
    </ul>
  );
}

function StepLink({ link }: { link: LinkView }) {
  const t = useT();
  const { view } = useSetup();
  const name = t(`links.${link.id}.label`);
  return (
    <li>
      <Button
        icon="external"
        disabledReason={link.url === null ? t("step.copy.missing") : null}
        onPress={() => void openLink(view.summary.id, link.id)}
      >
        {name}
      </Button>
      {link.url === null ? (
        <span className={styles.linkMissing}>
          {link.missing === null ? null : <ReasonLink reason={link.missing} />}
        </span>
      ) : (
        <span className={styles.address}>
          <code>{link.url}</code>
          <CopyButton text={link.url} what={t("step.links.address", { name })} iconOnly />
        </span>
      )}
    </li>
  );
}

/** The pages that say more about the step. */
export function Reading(props: { links: readonly LinkView[] }) {
  const t = useT();
  const { view } = useSetup();
  return (
    <ul>
      {props.links.map(({ id, url }) => {
        const name = t(`links.${id}.label`);
        return url === null ? null : (
          <li key={id}>
            <Link external onPress={() => void openLink(view.summary.id, id)}>
              {name}
            </Link>
            <CopyButton text={url} what={t("step.links.address", { name })} iconOnly />
          </li>
        );
      })}
    </ul>
  );
}
