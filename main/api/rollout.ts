import type { Handlers, ReminderView } from "../../preload/contract.ts";
import type { ReportLanguage } from "../../preload/model/app.ts";
import { AppError } from "../errors.ts";
import { writeFileAtomic } from "../files/atomic-file.ts";
import { expiryCalendar } from "../rollout/calendar.ts";
import { fileName, writeHandover } from "../rollout/handover.ts";
import { changeEntries } from "../rollout/report/changes.ts";
import type { ChangeLine } from "../tenant/change-log.ts";
import { presentCertificate } from "../setups/certificates-in-use.ts";
import * as intents from "../setups/intents.ts";
import type { Services } from "./services.ts";

interface RolloutSources {
  changesOf: (setupId: string) => Promise<readonly ChangeLine[]>;
  /** The reminders told since the start. */
  reminders: () => ReminderView[];
}

/** Step 15 and what comes after it. */
export function rolloutHandlers(
  services: Services,
  { changesOf, reminders }: RolloutSources,
): Handlers["rollout"] {
  const { setups, shell, clock } = services;

  async function write(
    setupId: string,
    purpose: "handover" | "report",
    languages: readonly ReportLanguage[],
  ) {
    const parent = await shell.folderDialog({ purpose: "handover", titleKey: `dialogs.${purpose}` });
    if (parent === null) return null;
    const der = presentCertificate(setups.document(setupId))?.der;
    return writeHandover(parent, {
      view: await setups.view(setupId),
      activity: await setups.activity(setupId),
      changes: changeEntries(await changesOf(setupId)),
      certificate: der === undefined ? null : Buffer.from(der, "base64"),
      now: clock.now(),
      version: services.version,
      words: [...new Set(languages)].map((language) => shell.words(language)),
      printer: services.printer,
    });
  }

  return {
    reminders: async () => reminders(),
    record: async ({ setupId, result, text, by }) => {
      const observations = await setups.observations(setupId);
      const person = by.trim() || shell.settings().person;
      return setups.change(
        setupId,
        { kind: `rollout-${result}`, step: "rollout", details: { by: person } },
        (one) => intents.recordRollout(one, { result, text, by: person }, observations),
      );
    },
    withdraw: async ({ setupId }) =>
      setups.change(setupId, { kind: "rollout-withdrawn", step: "rollout" }, (one) =>
        intents.withdrawRollout(one, clock.now()),
      ),
    handover: async ({ setupId, languages }) => {
      const written = await write(setupId, "handover", languages);
      if (written === null) return { canceled: true };
      const at = clock.now().toISOString();
      const { path, pdf } = written;
      const view = await setups.change(setupId, { kind: "handover-written", step: "rollout" }, (one) => ({
        ...one,
        rollout: { ...one.rollout, handover: { at, path } },
      }));
      return { canceled: false, path, pdf, view };
    },
    saveReport: async ({ setupId, languages }) => {
      const written = await write(setupId, "report", languages);
      if (written === null) return { canceled: true };
      await setups.note(setupId, { kind: "report-written", step: "rollout" });
      return { canceled: false, ...written };
    },
    showHandover: async ({ setupId }) => {
      const handover = setups.document(setupId).rollout.handover;
      if (handover === null) throw new AppError("file-not-found");
      shell.showInFolder(handover.path);
      return null;
    },
    saveCalendar: async ({ setupId }) => {
      const { name, practice } = setups.document(setupId);
      const certificate = presentCertificate(setups.document(setupId));
      if (certificate === null) throw new AppError("certificate-missing");
      const { notAfter, sha1 } = certificate.facts;
      const path = await shell.saveDialog({
        purpose: "calendar",
        titleKey: "dialogs.save-calendar",
        defaultName: `${fileName(name)} ${notAfter.slice(0, 10)}.ics`,
        extensions: ["ics"],
      });
      if (path === null) return { canceled: true };
      const { t } = shell.words();
      const mark = practice ? `${t("report.practice.mark")}: ` : "";
      const summary = `${mark}${t("calendar.summary", { name })}`;
      const description = t("calendar.description", { name, sha1 });
      const entry = { setupId, notAfter, sha1, summary, description };
      await writeFileAtomic(path, expiryCalendar(entry, clock.now()), { replace: true });
      await setups.note(setupId, { kind: "calendar-saved", step: null });
      return { canceled: false, path };
    },
    close: async ({ setupId }) =>
      setups.change(setupId, { kind: "setup-closed", step: "rollout" }, (one) =>
        intents.close(one, clock.now()),
      ),
    reopen: async ({ setupId }) =>
      setups.change(setupId, { kind: "setup-reopened", step: "rollout" }, (one) => intents.reopen(one)),
  };
}
