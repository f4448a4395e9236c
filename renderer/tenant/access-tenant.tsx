import type { SetupView } from "../../preload/model/setup.ts";
import type { Definition } from "../ui/index.ts";
import { Card, DefinitionList } from "../ui/index.ts";
import { useTenantWords } from "./words.ts";

/** Which tenant this is, and who is signed in with which roles. */
export function AccessTenant({ view }: { view: SetupView }) {
  const { t, role, list } = useTenantWords();
  const { organization, roles, rolesUnknown, signIn } = view.tenant;
  const { account } = signIn;
  const items: Definition[] = [];
  if (organization !== null) {
    const { id, name, initialDomain, defaultDomain } = organization;
    items.push(
      { term: t("tenant.access.name"), value: name },
      { term: t("tenant.access.id"), value: id, copy: id, monospace: true },
      { term: t("tenant.access.initialDomain"), value: initialDomain, copy: initialDomain, monospace: true },
      { term: t("tenant.access.defaultDomain"), value: defaultDomain, copy: defaultDomain, monospace: true },
    );
  }
  if (account !== null) {
    const value = account.name === "" ? account.username : `${account.name} (${account.username})`;
    items.push({ term: t("tenant.access.account"), value });
  }
  if (roles !== null) {
    const value = roles.length === 0 ? t("tenant.access.noRoles") : list(roles.map(role));
    items.push({ term: t("tenant.access.roles"), value });
  } else if (rolesUnknown !== null && rolesUnknown !== "not-read") {
    const reason = t(`tenant.unknown.${rolesUnknown}`);
    items.push({ term: t("tenant.access.roles"), value: t("tenant.access.rolesUnknown", { reason }) });
  }
  return (
    <Card title={t("tenant.access.tenant")}>
      <DefinitionList items={items} />
    </Card>
  );
}
