import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { SetupSummary } from "../../preload/model/setup.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { SettingsNotice } from "../settings/settings-notice.tsx";
import { VaultNotice } from "../settings/vault-notice.tsx";
import { useInfo } from "../store/app.ts";
import { startCreating, stopCreating, useCreating } from "../store/new-setup.ts";
import { navigate } from "../store/route.ts";
import { loadDeleted, loadList, useDeleted, useSetups } from "../store/setups.ts";
import {
  Button,
  EmptyState,
  FailureNotice,
  Heading,
  Icon,
  Menu,
  Screen,
  Select,
  Spinner,
  TextField,
} from "../ui/index.ts";
import { openRequest } from "../tenant/intents.ts";
import { PracticeDialog } from "../tenant/practice-dialog.tsx";
import { importSetup } from "./actions.ts";
import { DeletedList } from "./deleted-list.tsx";
import styles from "./home.module.css";
import type { Order, Show } from "./select-setups.ts";
import { orders, selectDeleted, selectSetups, shows } from "./select-setups.ts";
import { CreateDialog, RenameDialog } from "./setup-dialogs.tsx";
import { SetupList } from "./setup-list.tsx";

/** The start: every setup with what comes next in it. */
export function HomeScreen({ show: first = "active" }: { show?: Show | undefined }) {
  const t = useT();
  const [show, setShow] = useState<Show>(first);
  const { list, listError } = useSetups();
  const creating = useCreating();
  const [practising, setPractising] = useState(false);
  const [renaming, setRenaming] = useState<SetupSummary | null>(null);
  useEffect(() => {
    void loadList();
  }, []);
  const choose = (next: Show): void => {
    setShow(next);
    // Without a setup the start and the list take each other's place, with all their buttons.
    keepFocus();
  };

  const isEmpty = list !== null && list.length === 0;
  const isFirst = isEmpty && show !== "deleted";
  return (
    <Screen title={t("home.windowTitle", { app: t("app.name") })} bare>
      <div className={styles.page}>
        <div className={styles.head}>
          <Heading
            actions={
              isFirst ? undefined : (
                <HomeActions onCreate={startCreating} onPractise={() => setPractising(true)} />
              )
            }
          >
            {t("home.title")}
          </Heading>
          <VaultNotice />
          <SettingsNotice
            actions={<Button onPress={() => navigate({ screen: "settings" })}>{t("frame.settings")}</Button>}
          />
          {listError === null ? null : (
            <FailureNotice
              error={listError}
              actions={<Button onPress={() => void loadList()}>{t("common.tryAgain")}</Button>}
            />
          )}
        </div>
        {list === null ? (
          listError === null && (
            <div className={styles.waiting}>
              <Spinner />
              {t("common.loading")}
            </div>
          )
        ) : isFirst ? (
          <FirstStart
            onCreate={startCreating}
            onPractise={() => setPractising(true)}
            onDeleted={() => choose("deleted")}
          />
        ) : (
          <FilteredList list={list} show={show} onShow={choose} onRename={setRenaming} />
        )}
      </div>
      <CreateDialog isOpen={creating} onClose={stopCreating} />
      {practising ? <PracticeDialog onClose={() => setPractising(false)} /> : null}
      {renaming === null ? null : (
        <RenameDialog key={renaming.id} setup={renaming} onClose={() => setRenaming(null)} />
      )}
    </Screen>
  );
}

interface StartProps {
  onCreate: () => void;
  onPractise: () => void;
}

function HomeActions({ onCreate, onPractise }: StartProps) {
  const t = useT();
  return (
    <>
      <Menu
        label={t("home.more")}
        items={[
          { id: "import", label: t("home.import"), icon: "upload", onAction: () => void importSetup() },
          { id: "request", label: t("home.openRequest"), icon: "file", onAction: () => void openRequest() },
          {
            id: "inspect",
            label: t("home.inspect"),
            icon: "certificate",
            onAction: () => navigate({ screen: "inspect" }),
          },
          {
            id: "verify-all",
            label: t("home.verifyAll"),
            icon: "check",
            onAction: () => navigate({ screen: "watch" }),
          },
          {
            id: "activity",
            label: t("home.activity"),
            icon: "activity",
            onAction: () => navigate({ screen: "activity" }),
          },
          { id: "practice", label: t("home.practice"), icon: "person", onAction: onPractise },
          {
            id: "bulk",
            label: t("home.bulk"),
            icon: "folder",
            onAction: () => navigate({ screen: "bulk" }),
          },
        ]}
      />
      <Button variant="primary" icon="plus" onPress={onCreate}>
        {t("home.new")}
      </Button>
    </>
  );
}

interface FilteredListProps {
  list: readonly SetupSummary[];
  show: Show;
  onShow: (show: Show) => void;
  onRename: (setup: SetupSummary) => void;
}

function FilteredList({ list, show, onShow, onRename }: FilteredListProps) {
  const t = useT();
  const { locale } = useInfo();
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<Order>("changed");
  // Typing stays fluent however long the list is.
  const wanted = useDeferredValue(search);
  const setups = useMemo(
    () => (show === "deleted" ? [] : selectSetups(list, { search: wanted, show, order }, locale)),
    [list, wanted, show, order, locale],
  );
  const { deleted } = useDeleted();
  const gone = useMemo(() => deleted && selectDeleted(deleted, wanted), [deleted, wanted]);
  const count = show === "deleted" ? gone?.length : setups.length;
  const filters = (
    <div className={styles.filters} role="search">
      <div className={styles.search}>
        <TextField
          label={t("home.search")}
          placeholder={t("home.searchPlaceholder")}
          hideLabel
          value={search}
          onChange={setSearch}
        />
      </div>
      <div className={styles.choice}>
        <Select
          label={t("home.show.label")}
          hideLabel
          value={show}
          onChange={onShow}
          options={shows.map((id) => ({ id, label: t(`home.show.${id}`) }))}
        />
      </div>
      {show === "deleted" ? null : (
        <div className={styles.choice}>
          <Select
            label={t("home.order.label")}
            hideLabel
            value={order}
            onChange={setOrder}
            options={orders.map((id) => ({ id, label: t(`home.order.${id}`) }))}
          />
        </div>
      )}
      <span className={styles.count} role="status">
        {count === undefined ? null : t("home.count", { count })}
      </span>
    </div>
  );
  const clear = (): void => {
    setSearch("");
    onShow("active");
  };
  return (
    <div className={styles.results}>
      {filters}
      {show === "deleted" ? (
        <DeletedList setups={gone} onClear={clear} />
      ) : setups.length === 0 ? (
        <EmptyState
          title={t("home.nothing.title")}
          text={t("home.nothing.text")}
          actions={<Button onPress={clear}>{t("home.nothing.clear")}</Button>}
        />
      ) : (
        <SetupList setups={setups} onRename={onRename} />
      )}
    </div>
  );
}

function FirstStart({ onCreate, onPractise, onDeleted }: StartProps & { onDeleted: () => void }) {
  const t = useT();
  const { deleted } = useDeleted();
  useEffect(() => {
    void loadDeleted();
  }, []);
  return (
    <EmptyState
      title={t("home.first.title")}
      text={
        <ol className={styles.intro}>
          <li>
            <Icon name="check" />
            {t("home.first.checklist")}
          </li>
          <li>
            <Icon name="certificate" />
            {t("home.first.certificate")}
          </li>
          <li>
            <Icon name="lock" />
            {t("home.first.local")}
          </li>
        </ol>
      }
      actions={
        <>
          <Button variant="primary" icon="plus" onPress={onCreate}>
            {t("home.new")}
          </Button>
          <Button onPress={onPractise}>{t("home.practice")}</Button>
          <Button icon="certificate" onPress={() => navigate({ screen: "inspect" })}>
            {t("home.inspect")}
          </Button>
          <Button variant="quiet" onPress={() => void importSetup()}>
            {t("home.import")}
          </Button>
          <Button variant="quiet" onPress={() => void openRequest()}>
            {t("home.openRequest")}
          </Button>
          <Button variant="quiet" onPress={() => navigate({ screen: "bulk" })}>
            {t("home.bulk")}
          </Button>
          {deleted === null || deleted.length === 0 ? null : (
            <Button variant="quiet" icon="trash" onPress={onDeleted}>
              {t("home.gone.show")}
            </Button>
          )}
        </>
      }
    />
  );
}
