import type { ReactNode } from "react";
import { Menu as AriaMenu, Button, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import buttonStyles from "./button.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import styles from "./popover.module.css";

export interface MenuEntry {
  id: string;
  label: string;
  onAction: () => void;
  icon?: IconName | undefined;
  danger?: boolean | undefined;
  /** Why it cannot be chosen now; shown under the words. */
  disabledReason?: string | null | undefined;
}

export interface MenuProps {
  /** Accessible name of the button, and its words unless `icon` is given. */
  label: string;
  items: readonly MenuEntry[];
  /** Shows only this icon. */
  icon?: IconName | undefined;
  /** What stands on the button instead of the label; the label must contain its words. */
  content?: ReactNode;
}

/** A button that opens a menu. Entries that cannot be chosen stay reachable and say why. */
export function Menu({ label, items, icon, content }: MenuProps) {
  return (
    <MenuTrigger>
      {content !== undefined ? (
        <Button className={cx(buttonStyles.button, buttonStyles.quiet)} aria-label={label}>
          {content}
          <Icon name="down" />
        </Button>
      ) : icon === undefined ? (
        <Button className={cx(buttonStyles.button)}>
          {label}
          <Icon name="down" />
        </Button>
      ) : (
        <Button className={cx(buttonStyles.button, buttonStyles.quiet, buttonStyles.icon)} aria-label={label}>
          <Icon name={icon} />
        </Button>
      )}
      <Popover className={cx(styles.popover)} offset={4}>
        <AriaMenu className={cx(styles.list)} aria-label={label}>
          {items.map((item) => (
            <Entry key={item.id} item={item} />
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Entry({ item }: { item: MenuEntry }) {
  const reason = item.disabledReason ?? "";
  const off = reason !== "";
  return (
    <MenuItem
      id={item.id}
      textValue={item.label}
      className={cx(styles.item, item.danger === true && styles.danger, off && styles.off)}
      {...(off ? { "aria-disabled": true } : {})}
      onAction={() => {
        if (!off) item.onAction();
      }}
    >
      {item.icon === undefined ? <span /> : <Icon name={item.icon} />}
      {/* Both are the entry's name: speech input goes by all words that are seen. */}
      <span className={styles.text}>{item.label}</span>
      {off ? (
        <>
          {" "}
          <span className={styles.description}>{reason}</span>
        </>
      ) : null}
    </MenuItem>
  );
}
