import { z } from "zod";
import { reportLanguages } from "../../../preload/model/app.ts";
import { stepIds } from "../../../preload/model/guide.ts";
import { changeText, undoText } from "./change-words.ts";
import type { Report } from "./model.ts";
import { reportSchema } from "./model.ts";
import type { ReportWords } from "./words.ts";
import { reasonText } from "./words.ts";

const texts = z.object({
  title: z.string(),
  steps: z.partialRecord(
    z.enum(stepIds),
    z.object({ title: z.string(), state: z.string(), reasons: z.array(z.string()) }),
  ),
  /** In the order of the steps of an exchange that is under way; else empty. */
  exchange: z.array(z.object({ title: z.string(), state: z.string(), reasons: z.array(z.string()) })),
  /** In the order of the report's changes. */
  changes: z.array(z.object({ what: z.string(), undo: z.string() })),
});

/** The report's JSON file: the report, and its sentences in the languages it was written in. */
export const reportFileSchema = reportSchema.extend({
  texts: z.partialRecord(z.enum(reportLanguages), texts),
});
export type ReportFile = z.infer<typeof reportFileSchema>;

/** The report as indented JSON that `reportFileSchema` reads. */
export function reportJson(report: Report, languages: readonly ReportWords[]): string {
  const file: ReportFile = {
    ...report,
    texts: Object.fromEntries(languages.map((words) => [words.language, textsIn(report, words)])),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function textsIn(report: Report, words: ReportWords): z.infer<typeof texts> {
  const { t } = words;
  return {
    title: t("report.title", { name: report.setup.name }),
    steps: Object.fromEntries(
      report.steps.map(({ id, state, reasons }) => [
        id,
        {
          title: t(`steps.${id}.title`),
          state: t(`states.${state}`),
          reasons: reasons.map((reason) => reasonText(reason, words)),
        },
      ]),
    ),
    exchange: (report.exchange?.steps ?? []).map(({ id, state, reasons }) => ({
      title: t(`rotation.steps.${id}.title`),
      state: t(`rotation.states.${state}`),
      reasons: reasons.map((reason) => reasonText(reason, words)),
    })),
    changes: report.changes.map((change) => ({
      what: changeText(change, words),
      undo: undoText(change, words),
    })),
  };
}
