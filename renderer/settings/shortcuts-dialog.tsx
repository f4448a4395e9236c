import { shortcuts } from "../../preload/model/shortcuts.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { Button, Dialog, Kbd } from "../ui/index.ts";
import { keyNames } from "./key-names.ts";
import styles from "./settings.module.css";

/** Every keyboard shortcut of the app, as the platform writes its keys. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useT();
  const { platform, language } = useInfo();
  const mac = platform === "macos";
  const rows: { id: string; label: string; keys: string }[] = [
    ...Object.entries(shortcuts).flatMap(([name, keys]) =>
      keys === null
        ? []
        : [{ id: name, label: t(`menu.commands.${name}`), keys: mac ? keys.macos : keys.other }],
    ),
    { id: "region", label: t("shortcuts.nextRegion"), keys: "F6" },
    { id: "region-back", label: t("shortcuts.previousRegion"), keys: "Shift+F6" },
    { id: "larger", label: t("shortcuts.larger"), keys: mac ? "Command+Plus" : "Ctrl+Plus" },
    { id: "smaller", label: t("shortcuts.smaller"), keys: mac ? "Command+-" : "Ctrl+-" },
    { id: "normal", label: t("shortcuts.normal"), keys: mac ? "Command+0" : "Ctrl+0" },
  ];
  return (
    <Dialog
      title={t("shortcuts.title")}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button onPress={onClose} autoFocus>
          {t("common.close")}
        </Button>
      }
    >
      <dl className={styles.shortcuts}>
        {rows.map((row) => (
          <ShortcutRow key={row.id} label={row.label} keys={keyNames(row.keys, platform, language)} />
        ))}
      </dl>
    </Dialog>
  );
}

function ShortcutRow({ label, keys }: { label: string; keys: string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </>
  );
}
