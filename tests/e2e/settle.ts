import type { FieldId, StepId } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";
import { applicationId, tenantId } from "./walker.ts";

const values: Partial<Record<FieldId, string>> = {
  tenantName: "Contoso AG",
  tenantDomain: "contoso.onmicrosoft.com",
  applicationId,
  tenantId,
  portalUrl: "https://portal.iam.example",
};

/**
 * Fills in everything but what is to be missing, and confirms steps, through the app's own methods: the ways there
 * are the subject of other tests.
 */
export async function settle(
  app: App,
  steps: readonly StepId[],
  missing: readonly FieldId[] = [],
): Promise<void> {
  const refused = await app.page.evaluate(
    async ({ given, wanted }) => {
      const { rollout } = window;
      if (rollout === undefined) return ["no methods"];
      const list = await rollout.setups.list();
      const setupId = list.ok ? (list.value[0]?.id ?? "") : "";
      const opened = await rollout.setups.open({ setupId });
      const sha1 = opened.ok ? (opened.value.certificate?.sha1 ?? "") : "";
      const answers: { ok: boolean }[] = [];
      for (const [field, value] of Object.entries({ ...given, uploadedThumbprint: sha1 }))
        answers.push(await rollout.setups.setField({ setupId, field: field as FieldId, value }));
      for (const step of wanted)
        answers.push(await rollout.setups.confirm({ setupId, step, by: "Ada Lovelace", note: "" }));
      return answers.filter(({ ok }) => !ok).map((answer) => JSON.stringify(answer));
    },
    {
      given: Object.fromEntries(
        Object.entries(values).filter(([field]) => !missing.includes(field as FieldId)),
      ),
      wanted: steps,
    },
  );
  expect(refused).toEqual([]);
}
