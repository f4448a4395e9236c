import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  Select as AriaSelect,
  Switch as AriaSwitch,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  SelectValue,
  Text,
} from "react-aria-components";
import { cx } from "./cx.ts";
import styles from "./field.module.css";
import { Icon } from "./icons.tsx";
import popover from "./popover.module.css";

export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  description?: string | undefined;
  isDisabled?: boolean | undefined;
}

export interface SelectProps<Id extends string> {
  label: string;
  value: Id;
  onChange: (value: Id) => void;
  options: readonly Option<Id>[];
  help?: ReactNode;
  isDisabled?: boolean | undefined;
  /** The label is only read, for toolbars. */
  hideLabel?: boolean | undefined;
}

/** A choice of one from many, in a pop-up list. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, options, hideLabel = false, help } = props;
  return (
    <AriaSelect
      className={cx(styles.field)}
      value={props.value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
      isDisabled={props.isDisabled ?? false}
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {hideLabel ? null : <Label className={styles.label}>{label}</Label>}
      <AriaButton className={cx(styles.trigger)}>
        <SelectValue className={cx(styles.triggerValue)} />
        <Icon name="down" />
      </AriaButton>
      {help === undefined ? null : (
        <Text slot="description" className={styles.help} elementType="div">
          {help}
        </Text>
      )}
      <Popover className={cx(popover.popover)} offset={4}>
        <ListBox className={cx(popover.list)} items={options}>
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className={cx(popover.item)}
              isDisabled={option.isDisabled ?? false}
            >
              {({ isSelected }) => (
                <>
                  {isSelected ? <Icon name="check" /> : <span />}
                  <Text slot="label">{option.label}</Text>
                  {option.description === undefined ? null : (
                    <Text slot="description" className={popover.description}>
                      {option.description}
                    </Text>
                  )}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export interface SegmentedProps<Id extends string> {
  label: string;
  /** Null while nothing is chosen: only then can every option be reached by Tab. */
  value: Id | null;
  onChange: (value: Id) => void;
  options: readonly Option<Id>[];
  help?: ReactNode;
  isDisabled?: boolean | undefined;
}

/** A choice of one from few, all in view. A radio group: arrow keys move and choose. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  return (
    <RadioGroup
      className={cx(styles.field)}
      value={props.value}
      orientation="horizontal"
      isDisabled={props.isDisabled ?? false}
      onChange={(value) => {
        const chosen = props.options.find((option) => option.id === value);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
    >
      <Label className={styles.label}>{props.label}</Label>
      <div className={styles.segments}>
        {props.options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className={cx(styles.segment)}
            isDisabled={option.isDisabled ?? false}
          >
            {option.label}
          </Radio>
        ))}
      </div>
      {props.help === undefined ? null : (
        <Text slot="description" className={styles.help} elementType="div">
          {props.help}
        </Text>
      )}
    </RadioGroup>
  );
}

export interface CheckProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  children: ReactNode;
  help?: ReactNode;
  isDisabled?: boolean | undefined;
}

/** A tick box. */
export function Checkbox({ isSelected, onChange, children, help, isDisabled = false }: CheckProps) {
  return (
    <AriaCheckbox
      className={cx(styles.check)}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles.box}>
        <Icon name="check" />
      </span>
      <CheckText help={help}>{children}</CheckText>
    </AriaCheckbox>
  );
}

/** A switch that takes effect at once. */
export function Switch({ isSelected, onChange, children, help, isDisabled = false }: CheckProps) {
  return (
    <AriaSwitch
      className={cx(styles.check)}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles.rail}>
        <span className={styles.knob} />
      </span>
      <CheckText help={help}>{children}</CheckText>
    </AriaSwitch>
  );
}

function CheckText({ children, help }: { children: ReactNode; help: ReactNode }) {
  return (
    <span className={styles.checkText}>
      <span>{children}</span>
      {help === undefined ? null : <span className={styles.help}>{help}</span>}
    </span>
  );
}
