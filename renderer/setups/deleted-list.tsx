import { useEffect, useState } from "react";
import { GridList, GridListItem, ListLayout, Virtualizer } from "react-aria-components";
import type { DeletedSetup } from "../../preload/model/setup.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { formatDate, formatWhen } from "../store/format.ts";
import { loadDeleted, useDeleted } from "../store/setups.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  cx,
  EmptyState,
  FailureNotice,
  Icon,
  IconButton,
  Spinner,
} from "../ui/index.ts";
import { deleteForGood, restoreSetup } from "./actions.ts";
import styles from "./home.module.css";

/** Height of a row in pixels before it has been measured. */
const estimatedRow = 66;

interface DeletedListProps {
  /** What of it matches the search; null until there was an answer. */
  setups: readonly DeletedSetup[] | null;
  /** Shows the setups that are not deleted, without a search. */
  onClear: () => void;
}

/** The deleted setups: until when each is kept, and the ways back and out. */
export function DeletedList({ setups, onClear }: DeletedListProps) {
  const t = useT();
  const { deleted, deletedError } = useDeleted();
  const [asked, setAsked] = useState<DeletedSetup | null>(null);
  useEffect(() => {
    void loadDeleted();
  }, []);

  async function settle(work: Promise<void>): Promise<void> {
    await work;
    keepFocus();
  }

  const content = (
    <>
      {setups === null ? (
        deletedError === null && (
          <div className={styles.waiting}>
            <Spinner />
            {t("common.loading")}
          </div>
        )
      ) : setups.length === 0 ? (
        <EmptyState
          title={t(deleted?.length === 0 ? "home.gone.none" : "home.nothing.title")}
          text={t(deleted?.length === 0 ? "home.gone.noneText" : "home.nothing.text")}
          actions={<Button onPress={onClear}>{t("home.nothing.clear")}</Button>}
        />
      ) : (
        <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: estimatedRow }}>
          <GridList
            aria-label={t("home.gone.list")}
            className={cx(styles.list)}
            items={setups.map((setup) => ({ ...setup, id: setup.entry }))}
            selectionMode="none"
          >
            {(setup) => (
              <GridListItem
                id={setup.entry}
                textValue={setup.name || t("home.unreadable")}
                className={cx(styles.row, styles.gone)}
              >
                <DeletedRow
                  setup={setup}
                  onRestore={() => void settle(restoreSetup({ setupId: setup.setupId, entry: setup.entry }))}
                  onAsk={() => setAsked(setup)}
                />
              </GridListItem>
            )}
          </GridList>
        </Virtualizer>
      )}
      {asked === null ? null : (
        <ConfirmDialog
          title={t("home.gone.ask", { name: asked.name || t("home.unreadable") })}
          isOpen
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void settle(deleteForGood(asked));
          }}
          confirmLabel={t("home.gone.forGood")}
          danger
        >
          <p>{t("home.gone.means")}</p>
          <p>{t("home.gone.stays")}</p>
        </ConfirmDialog>
      )}
    </>
  );
  if (deletedError === null) return content;
  return (
    <div className={styles.results}>
      <FailureNotice
        error={deletedError}
        actions={<Button onPress={() => void loadDeleted()}>{t("common.tryAgain")}</Button>}
      />
      {content}
    </div>
  );
}

interface DeletedRowProps {
  setup: DeletedSetup;
  onRestore: () => void;
  onAsk: () => void;
}

function DeletedRow({ setup, onRestore, onAsk }: DeletedRowProps) {
  const t = useT();
  const name = setup.name || t("home.unreadable");
  return (
    <>
      <span className={styles.state}>
        <Icon name="wait" />
      </span>
      <div className={styles.cell}>
        <span className={styles.name}>{name}</span>
        <span className={styles.sub}>{setup.tenantDomain || setup.tenantName || t("home.noTenant")}</span>
        {setup.practice ? <Badge tone="wait">{t("frame.practice")}</Badge> : null}
      </div>
      <div className={styles.cell}>
        <span>{t("home.gone.at", { when: formatWhen(setup.deletedAt) })}</span>
        <span className={styles.sub}>{t("home.gone.kept", { date: formatDate(setup.keptUntil) })}</span>
      </div>
      <div className={cx(styles.cell, styles.ways)}>
        <Button label={t("home.gone.restoreOf", { name })} onPress={onRestore}>
          {t("home.gone.restore")}
        </Button>
        <IconButton icon="trash" label={t("home.gone.forGoodOf", { name })} onPress={onAsk} />
      </div>
    </>
  );
}
