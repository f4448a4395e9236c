import { useEffect, useState } from "react";
import type { DoctorView } from "../../preload/model/doctor.ts";
import { cloudIds } from "../../preload/model/guide.ts";
import { translate, useT } from "../i18n.ts";
import { rollout, succeeded } from "../store/api.ts";
import { useInfo } from "../store/app.ts";
import { loadDoctor, runDoctor, useDoctor } from "../store/doctor.ts";
import { formatWhen } from "../store/format.ts";
import { announce, Button, Card, Notice, Select } from "../ui/index.ts";
import { DoctorHostRow } from "./doctor-host.tsx";
import { ProxyFields } from "./proxy-fields.tsx";
import styles from "./settings.module.css";

/** Proxy, and whether Microsoft's services can be reached from this computer. */
export function ConnectionCard() {
  const t = useT();
  const { settings } = useInfo();
  const view = useDoctor();
  const [cloud, setCloud] = useState(settings.cloud);
  useEffect(() => {
    void loadDoctor();
  }, []);
  return (
    <Card title={t("settings.connection.title")}>
      <ProxyFields />
      <div className={styles.row}>
        <div className={styles.choice}>
          <Select
            label={t("settings.connection.cloud")}
            value={cloud}
            onChange={setCloud}
            options={cloudIds.map((id) => ({ id, label: t(`clouds.${id}.name`) }))}
          />
        </div>
        <Button pending={view?.running === true} onPress={() => void examine(cloud)}>
          {t("settings.connection.run")}
        </Button>
      </div>
      <p className={styles.remark}>{t("settings.connection.means")}</p>
      {view === null || view.at === null ? null : <Findings view={view} at={view.at} />}
    </Card>
  );
}

async function examine(cloud: DoctorView["cloud"]): Promise<void> {
  const view = await runDoctor(cloud);
  if (view === null) return;
  const troubled = view.hosts.filter(({ tone }) => tone !== "ok").length;
  announce(translate(troubled === 0 ? "doctor.allReachable" : "doctor.troubled", { count: troubled }));
}

function Findings({ view, at }: { view: DoctorView; at: string }) {
  const t = useT();
  return (
    <>
      {view.running ? (
        <p className={styles.remark}>{t("doctor.running", { cloud: t(`clouds.${view.cloud}.name`) })}</p>
      ) : (
        <>
          <p className={styles.remark}>
            {t("doctor.examined", { cloud: t(`clouds.${view.cloud}.name`), when: formatWhen(at) })}
          </p>
          <p className={styles.remark}>{t(`doctor.proxyFrom.${view.proxyMode}`)}</p>
          <ClockNotice clock={view.clock} />
        </>
      )}
      <ul className={styles.hosts} aria-label={t("doctor.hosts")}>
        {view.hosts.map((host) => (
          <DoctorHostRow key={host.target} host={host} />
        ))}
      </ul>
      {view.running ? null : (
        <div className={styles.row}>
          <Button icon="copy" onPress={() => void copy()}>
            {t("doctor.copy")}
          </Button>
        </div>
      )}
    </>
  );
}

async function copy(): Promise<void> {
  if (await succeeded(rollout().doctor.copy())) announce(translate("doctor.copied"));
}

function ClockNotice({ clock }: { clock: DoctorView["clock"] }) {
  const t = useT();
  const count = Math.round(Math.abs(clock.aheadSeconds ?? 0) / 60);
  if (clock.verdict !== "off") return <p className={styles.remark}>{t(`doctor.clock.${clock.verdict}`)}</p>;
  return (
    <Notice tone="bad" title={t("doctor.clock.off", { count })}>
      {t("doctor.clock.help")}
    </Notice>
  );
}
