import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import type { Definition } from "../../ui/index.ts";
import { DefinitionList } from "../../ui/index.ts";
import { Section } from "../section.tsx";
import { StepField } from "../step-field.tsx";
import { useSetup } from "../step-context.ts";
import { valueIn } from "./field-of.ts";

/** Template ID of the built-in role, the same in every tenant (Microsoft Entra built-in roles). */
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** Step 11: what is assigned to whom, to copy into the portal's search boxes. */
export function ExchangeRole({ step }: { step: StepView }) {
  const t = useT();
  const { view } = useSetup();
  const role = t("labels.exchange-administrator.today");
  const member = valueIn(view, "applicationName");
  const clientId = valueIn(view, "applicationId");
  const items: Definition[] = [
    { term: t("step.role.role"), value: role, copy: role },
    {
      term: t("step.role.template"),
      value: exchangeAdministrator,
      copy: exchangeAdministrator,
      monospace: true,
    },
    { term: t("step.role.member"), value: member, copy: member },
    clientId === ""
      ? { term: t("step.role.clientId"), value: t("step.copy.missing") }
      : { term: t("step.role.clientId"), value: clientId, copy: clientId, monospace: true },
  ];
  return (
    <Section title={t("step.role.title")}>
      <DefinitionList items={items} />
      {step.fields.map((field) => (
        <StepField key={field.id} field={field} />
      ))}
    </Section>
  );
}
