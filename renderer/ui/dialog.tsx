import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useT } from "../i18n.ts";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import styles from "./dialog.module.css";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  size?: "normal" | "wide" | undefined;
  role?: "dialog" | "alertdialog" | undefined;
  /** Runs when Enter is pressed in a field. */
  onSubmit?: (() => void) | undefined;
}

/** A modal dialog. Escape closes it; focus goes back to where it came from. */
export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, children, actions, size = "normal", role = "dialog", onSubmit } = props;
  const content = (
    <>
      <div className={styles.head}>
        <Heading slot="title" level={2}>
          {title}
        </Heading>
      </div>
      <div className={styles.body}>{children}</div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </>
  );
  return (
    <ModalOverlay
      className={cx(styles.scrim)}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(styles.modal, size === "wide" && styles.wide)}>
        <AriaDialog role={role} className={cx(onSubmit ? styles.frame : styles.dialog)}>
          {onSubmit === undefined ? (
            content
          ) : (
            <form
              className={styles.dialog}
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                onSubmit();
              }}
            >
              {content}
            </form>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  /** What will happen, in full. */
  children: ReactNode;
  confirmLabel: string;
  danger?: boolean | undefined;
  pending?: boolean | undefined;
}

/** Asks before something that cannot be taken back. Focus starts on "Cancel" when it is dangerous. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useT();
  const { danger = false } = props;
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      role="alertdialog"
      actions={
        <>
          <Button onPress={props.onClose} autoFocus={danger}>
            {t("common.cancel")}
          </Button>
          <Button
            variant={danger ? "danger" : "primary"}
            onPress={props.onConfirm}
            pending={props.pending}
            autoFocus={!danger}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
