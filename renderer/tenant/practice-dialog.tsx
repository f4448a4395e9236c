import { useState } from "react";
import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import type { PracticeSample } from "../../preload/model/tenant.ts";
import { practiceSamples } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { openView } from "../store/setups.ts";
import { Button, cx, Dialog } from "../ui/index.ts";
import styles from "./practice.module.css";

/** A setup with a practice tenant of its own, and how that tenant begins. */
export function PracticeDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [sample, setSample] = useState<PracticeSample>("empty");
  const [pending, setPending] = useState(false);

  async function create(): Promise<void> {
    if (pending) return;
    setPending(true);
    const view = await call(rollout().practice.create({ sample }));
    setPending(false);
    if (view === null) return;
    onClose();
    openView(view);
  }

  return (
    <Dialog
      title={t("practice.create.title")}
      isOpen
      onClose={onClose}
      size="wide"
      onSubmit={() => void create()}
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" pending={pending}>
            {t("practice.create.submit")}
          </Button>
        </>
      }
    >
      <p>{t("practice.create.intro")}</p>
      <RadioGroup
        className={cx(styles.samples)}
        value={sample}
        onChange={(value) => {
          const chosen = practiceSamples.find((one) => one === value);
          if (chosen !== undefined) setSample(chosen);
        }}
      >
        <Label className={styles.label}>{t("practice.create.choose")}</Label>
        {practiceSamples.map((one) => (
          <Radio key={one} value={one} className={cx(styles.sample)}>
            <span className={styles.dot} />
            <span className={styles.text}>
              <span className={styles.name}>{t(`practice.samples.${one}.title`)}</span>
              <span className={styles.dim}>{t(`practice.samples.${one}.text`)}</span>
            </span>
          </Radio>
        ))}
        <Text slot="description" className={styles.dim} elementType="div">
          {t("practice.create.people")}
        </Text>
      </RadioGroup>
    </Dialog>
  );
}
