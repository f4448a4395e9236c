import { useT } from "../i18n.ts";
import { Icon } from "../ui/index.ts";
import styles from "./strip.module.css";

/** The PFX, to be dragged with the mouse into the portal's field. The keyboard has "Copy path" and the folder. */
export function FileValue({ path, onDrag }: { path: string; onDrag: () => void }) {
  const t = useT();
  return (
    <div
      className={styles.file}
      draggable
      onDragStart={(event) => {
        // The system's own drag takes over: it carries the file, which a page's drag cannot.
        event.preventDefault();
        onDrag();
      }}
    >
      <Icon name="file" size={24} />
      <span>
        <code>{path.split(/[/\\]/).at(-1)}</code>
        <small>{t("transfer.dragHint")}</small>
      </span>
    </div>
  );
}
