import type { ReactNode } from "react";
import { useState } from "react";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { CloudId } from "../../preload/model/guide.ts";
import { cloudIds } from "../../preload/model/guide.ts";
import type { SetupSummary } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { useInfo } from "../store/app.ts";
import { createSetup, loadList } from "../store/setups.ts";
import { Button, Dialog, Select, TextField } from "../ui/index.ts";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Name and cloud of a new setup. */
export function CreateDialog({ isOpen, onClose }: DialogProps) {
  return isOpen ? <CreateForm onClose={onClose} /> : null;
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { settings } = useInfo();
  const [cloud, setCloud] = useState<CloudId>(settings.cloud);
  return (
    <NameDialog
      title={t("home.create.title")}
      submit={t("home.create.submit")}
      help={t("home.create.nameHelp")}
      initial=""
      onClose={onClose}
      onSubmit={(name) => createSetup(name, cloud)}
    >
      <Select
        label={t("home.create.cloud")}
        help={t("home.create.cloudHelp")}
        value={cloud}
        onChange={setCloud}
        options={cloudIds.map((id) => ({ id, label: t(`clouds.${id}.name`) }))}
      />
    </NameDialog>
  );
}

/** Another name for a setup. */
export function RenameDialog({ setup, onClose }: { setup: SetupSummary; onClose: () => void }) {
  const t = useT();
  return (
    <NameDialog
      title={t("home.rename.title")}
      submit={t("home.rename.submit")}
      help={t("home.create.nameHelp")}
      initial={setup.name}
      onClose={onClose}
      onSubmit={async (name) => {
        const failure = failureOf(await attempt(rollout().setups.rename({ setupId: setup.id, name })));
        if (failure === null) await loadList();
        return failure;
      }}
    />
  );
}

function failureOf(result: Result<unknown>): ErrorView | null {
  return result.ok ? null : result.error;
}

function NameDialog(props: {
  title: string;
  submit: string;
  help: string;
  initial: string;
  onClose: () => void;
  onSubmit: (name: string) => Promise<ErrorView | null>;
  children?: ReactNode;
}) {
  const t = useT();
  const [name, setName] = useState(props.initial);
  const [problem, setProblem] = useState("");
  const [pending, setPending] = useState(false);

  async function submit(): Promise<void> {
    if (pending) return;
    if (name.trim() === "") {
      setProblem(t("errors.name-required.title"));
      return;
    }
    setPending(true);
    const failure = await props.onSubmit(name.trim());
    setPending(false);
    if (failure === null) props.onClose();
    else setProblem(t(`${failure.messageKey}.title`, failure.details));
  }

  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={props.onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" type="submit" pending={pending}>
            {props.submit}
          </Button>
        </>
      }
    >
      <TextField
        label={t("home.create.name")}
        value={name}
        onChange={(value) => {
          setName(value);
          setProblem("");
        }}
        help={props.help}
        problem={problem}
        maxLength={200}
        isRequired
        autoFocus
      />
      {props.children}
    </Dialog>
  );
}
