import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { SetupSummary } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { VaultNotice } from "../settings/vault-notice.tsx";
import { useInfo } from "../store/app.ts";
import { useCommand } from "../store/commands.ts";
import { navigate } from "../store/route.ts";
import { loadList, useSetups } from "../store/setups.ts";
import {
  Button,
  EmptyState,
  Heading,
  Icon,
  Menu,
  Notice,
  Screen,
  Select,
  Spinner,
  TextField,
} from "../ui/index.ts";
import { openRequest } from "../tenant/intents.ts";
import { PracticeDialog } from "../tenant/practice-dialog.tsx";
import { importSetup } from "./actions.ts";
import styles from "./home.module.css";
import type { Order, Show } from "./select-setups.ts";
import { orders, selectSetups, shows } from "./select-setups.ts";
import { CreateDialog, RenameDialog } from "./setup-dialogs.tsx";
import { SetupList } from "./setup-list.tsx";

/** The start: every setup with what comes next in it. */
export function HomeScreen({ show }: { show?: Show | undefined }) {
  const t = useT();
  const { list, listError } = useSetups();
  const [creating, setCreating] = useState(false);
  const [practising, setPractising] = useState(false);
  const [renaming, setRenaming] = useState<SetupSummary | null>(null);
  useEffect(() => {
    void loadList();
  }, []);
  useCommand("new-setup", () => setCreating(true));
  useCommand("import-setup", () => void importSetup());

  const isEmpty = list !== null && list.length === 0;
  return (
    <Screen title={t("home.windowTitle", { app: t("app.name") })} bare>
      <div className={styles.page}>
        <div className={styles.head}>
          <Heading
            actions={
              isEmpty ? undefined : (
                <HomeActions onCreate={() => setCreating(true)} onPractise={() => setPractising(true)} />
              )
            }
          >
            {t("home.title")}
          </Heading>
          <VaultNotice />
          {listError === null ? null : (
            <Notice
              tone="bad"
              role="alert"
              title={t(`${listError.messageKey}.title`, listError.details)}
              actions={<Button onPress={() => void loadList()}>{t("common.tryAgain")}</Button>}
            >
              {t(`${listError.messageKey}.help`, listError.details)}
            </Notice>
          )}
        </div>
        {list === null ? (
          listError === null && (
            <div className={styles.waiting}>
              <Spinner />
              {t("common.loading")}
            </div>
          )
        ) : isEmpty ? (
          <FirstStart onCreate={() => setCreating(true)} onPractise={() => setPractising(true)} />
        ) : (
          <FilteredList list={list} first={show} onRename={setRenaming} />
        )}
      </div>
      <CreateDialog isOpen={creating} onClose={() => setCreating(false)} />
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
  /** What is shown at first. */
  first?: Show | undefined;
  onRename: (setup: SetupSummary) => void;
}

function FilteredList({ list, first = "active", onRename }: FilteredListProps) {
  const t = useT();
  const { locale } = useInfo();
  const [search, setSearch] = useState("");
  const [show, setShow] = useState<Show>(first);
  const [order, setOrder] = useState<Order>("changed");
  // Typing stays fluent however long the list is.
  const wanted = useDeferredValue(search);
  const setups = useMemo(
    () => selectSetups(list, { search: wanted, show, order }, locale),
    [list, wanted, show, order, locale],
  );
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
          onChange={setShow}
          options={shows.map((id) => ({ id, label: t(`home.show.${id}`) }))}
        />
      </div>
      <div className={styles.choice}>
        <Select
          label={t("home.order.label")}
          hideLabel
          value={order}
          onChange={setOrder}
          options={orders.map((id) => ({ id, label: t(`home.order.${id}`) }))}
        />
      </div>
      <span className={styles.count} role="status">
        {t("home.count", { count: setups.length })}
      </span>
    </div>
  );
  const clear = (): void => {
    setSearch("");
    setShow("active");
  };
  return (
    <div className={styles.results}>
      {filters}
      {setups.length === 0 ? (
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

function FirstStart({ onCreate, onPractise }: StartProps) {
  const t = useT();
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
        </>
      }
    />
  );
}
