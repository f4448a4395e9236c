import { useEffect, useState } from "react";
import type { SecretView, SetupSecrets } from "../../preload/model/secrets.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { formatDateTime } from "../store/format.ts";
import { announce, Button, ConfirmDialog, IconButton, Table } from "../ui/index.ts";
import styles from "./settings.module.css";

/** Setups shown at first and added with every "Show more". */
const portion = 10;

/** What is to be removed: one secret, or all of a setup. */
interface Asked {
  setup: SetupSecrets;
  secret: SecretView | null;
}

/** Which secrets are kept, where and since when; each can be removed. None of them is ever shown here. */
export function StoredSecrets() {
  const t = useT();
  const [setups, setSetups] = useState<SetupSecrets[] | null>(null);
  const [limit, setLimit] = useState(portion);
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    void call(rollout().secrets.list()).then((list) => setSetups(list));
  }, []);

  async function remove({ setup: { setupId, deleted }, secret }: Asked): Promise<void> {
    setAsked(null);
    const whose = deleted === null ? { setupId } : { setupId, deleted };
    const left = await call(
      secret === null
        ? rollout().secrets.removeAll(whose)
        : rollout().secrets.remove({ ...whose, id: secret.id }),
    );
    if (left === null) return;
    setSetups(left);
    announce(t("secrets.removed"));
    keepFocus();
  }

  if (setups === null) return null;
  if (setups.length === 0) return <p className={styles.remark}>{t("secrets.none")}</p>;
  return (
    <div className={styles.secrets}>
      <h3>{t("secrets.title")}</h3>
      {setups.slice(0, limit).map((setup) => (
        <SetupTable
          key={setup.deleted ?? setup.setupId}
          setup={setup}
          onAsk={(secret) => setAsked({ setup, secret })}
        />
      ))}
      {setups.length > limit ? (
        <div>
          <Button onPress={() => setLimit(limit + portion)}>
            {t("secrets.more", { count: setups.length - limit })}
          </Button>
        </div>
      ) : null}
      {asked === null ? null : (
        <ConfirmDialog
          title={t(asked.secret === null ? "secrets.askAll" : `secrets.ask.${asked.secret.kind}`, {
            name: nameOf(asked.setup, t),
          })}
          isOpen
          onClose={() => setAsked(null)}
          onConfirm={() => void remove(asked)}
          confirmLabel={t("secrets.remove")}
          danger
        >
          {kindsOf(asked).map((kind) => (
            <p key={kind}>{t(`secrets.means.${kind}`)}</p>
          ))}
        </ConfirmDialog>
      )}
    </div>
  );
}

function nameOf({ name, deleted }: SetupSecrets, t: Translate): string {
  if (deleted !== null) return t("secrets.ofDeleted", { name: name || t("home.unreadable") });
  return name === "" ? t("secrets.noSetup") : name;
}

/** What the removal is about; an older certificate's key has another meaning than the current one. */
function kindsOf({ setup, secret }: Asked): string[] {
  const secrets = secret === null ? setup.secrets : [secret];
  return [
    ...new Set(
      secrets.map(({ kind, current }) => (kind === "private-key" && !current ? "old-private-key" : kind)),
    ),
  ];
}

function SetupTable({ setup, onAsk }: { setup: SetupSecrets; onAsk: (secret: SecretView | null) => void }) {
  const t = useT();
  const name = nameOf(setup, t);
  return (
    <section className={styles.secretGroup}>
      <div className={styles.secretHead}>
        <h4>{name}</h4>
        {setup.secrets.length < 2 ? null : (
          <Button
            variant="quiet"
            icon="trash"
            label={t("secrets.removeAllOf", { name })}
            onPress={() => onAsk(null)}
          >
            {t("secrets.removeAll")}
          </Button>
        )}
      </div>
      <Table
        label={t("secrets.tableOf", { name })}
        columns={[
          { id: "kind", label: t("secrets.kind") },
          { id: "at", label: t("secrets.at") },
          { id: "place", label: t("secrets.place") },
          { id: "actions", label: t("secrets.remove"), hideLabel: true },
        ]}
        rows={setup.secrets.map((secret) => ({
          id: secret.id,
          cells: [
            secretName(secret, t),
            secret.at === null ? t("secrets.unknownTime") : formatDateTime(secret.at),
            t(`secrets.places.${secret.place}`),
            <IconButton
              key="remove"
              icon="trash"
              label={t("secrets.removeOf", { what: secretName(secret, t), name })}
              onPress={() => onAsk(secret)}
            />,
          ],
        }))}
      />
    </section>
  );
}

function secretName({ kind, sha1, current, id }: SecretView, t: Translate): string {
  if (kind === "other") return t("secrets.kinds.other", { id });
  if (kind !== "private-key") return t(`secrets.kinds.${kind}`);
  return t(current ? "secrets.kinds.private-key" : "secrets.kinds.old-private-key", {
    start: sha1.slice(0, 8),
  });
}
