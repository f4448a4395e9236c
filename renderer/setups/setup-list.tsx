import { GridList, GridListItem, ListLayout, Virtualizer } from "react-aria-components";
import type { SetupSummary } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { navigate } from "../store/route.ts";
import { cx } from "../ui/index.ts";
import styles from "./home.module.css";
import { SetupRow } from "./setup-row.tsx";

/** Height of a row in pixels before it has been measured. */
const estimatedRow = 66;

interface SetupListProps {
  setups: readonly SetupSummary[];
  onRename: (setup: SetupSummary) => void;
}

/** The list itself. Only the rows in view exist in the page, so its length makes no difference. */
export function SetupList({ setups, onRename }: SetupListProps) {
  const t = useT();
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: estimatedRow }}>
      <GridList
        aria-label={t("home.list")}
        className={cx(styles.list)}
        items={setups}
        selectionMode="none"
        onAction={(key) => {
          const setup = setups.find((entry) => entry.id === key);
          if (setup !== undefined && setup.problem === null) {
            navigate({ screen: "setup", setupId: setup.id });
          }
        }}
      >
        {(setup) => (
          <GridListItem
            id={setup.id}
            textValue={setup.name || t("home.unreadable")}
            className={cx(styles.row)}
          >
            <SetupRow setup={setup} onRename={() => onRename(setup)} />
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
