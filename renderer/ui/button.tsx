import type { ReactNode } from "react";
import { useId } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./button.module.css";
import { cx } from "./cx.ts";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import { Spinner } from "./progress.tsx";
import { VisuallyHidden } from "./words.tsx";

export interface ButtonProps {
  variant?: "primary" | "default" | "quiet" | "danger" | undefined;
  onPress?: (() => void) | undefined;
  isDisabled?: boolean | undefined;
  /** Why it cannot be pressed now. The button stays reachable by keyboard and the reason is read out. */
  disabledReason?: string | null | undefined;
  /** Work is under way; the button keeps focus and does nothing when pressed. */
  pending?: boolean | undefined;
  icon?: IconName | undefined;
  /** Icon after the words, for example "external". */
  iconAfter?: IconName | undefined;
  type?: "button" | "submit" | undefined;
  autoFocus?: boolean | undefined;
  /** Makes it a toggle (aria-pressed); its words stay the same in both states. */
  pressed?: boolean | undefined;
  /** Full accessible name when the visible words are not enough on their own; must contain them. */
  label?: string | undefined;
  children: ReactNode;
}

/** A push button with words. */
export function Button(props: ButtonProps) {
  const { variant = "default", onPress, disabledReason, pending = false, icon, iconAfter, children } = props;
  const reasonId = useId();
  const off = disabledReason !== undefined && disabledReason !== null && disabledReason !== "";
  const look = {
    default: undefined,
    primary: styles.primary,
    quiet: styles.quiet,
    danger: styles.danger,
  }[variant];
  const button = (
    <AriaButton
      className={cx(styles.button, look, off && styles.off)}
      type={props.type ?? "button"}
      isDisabled={props.isDisabled ?? false}
      isPending={pending}
      {...(props.autoFocus === true ? { autoFocus: true } : {})}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
      {...(props.pressed === undefined ? {} : { "aria-pressed": props.pressed })}
      {...(off ? { "aria-disabled": true, "aria-describedby": reasonId } : {})}
      {...(off || onPress === undefined ? {} : { onPress: () => onPress() })}
    >
      {pending ? <Spinner /> : icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter === undefined ? null : <Icon name={iconAfter} />}
    </AriaButton>
  );
  if (!off) return button;
  return (
    <>
      <WithTooltip text={disabledReason}>{button}</WithTooltip>
      <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>
    </>
  );
}

export interface IconButtonProps {
  /** Accessible name; also shown as a tooltip. */
  label: string;
  icon: IconName;
  onPress?: (() => void) | undefined;
  isDisabled?: boolean | undefined;
  pressed?: boolean | undefined;
}

/** A button that shows only an icon; its name appears as a tooltip. */
export function IconButton({ label, icon, onPress, isDisabled = false, pressed }: IconButtonProps) {
  return (
    <WithTooltip text={label}>
      <AriaButton
        className={cx(styles.button, styles.quiet, styles.icon)}
        aria-label={label}
        isDisabled={isDisabled}
        {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
        {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      >
        <Icon name={icon} />
      </AriaButton>
    </WithTooltip>
  );
}

function WithTooltip({ text, children }: { text: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={500}>
      {children}
      <Tooltip className={cx(styles.tooltip)} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
