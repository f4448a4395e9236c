import type { Person } from "../data.ts";
import { rolesOf } from "../directory.ts";
import { colours, escape, htmlPage } from "../html.ts";
import { directoryRoles } from "../roles.ts";
import type { Tenant } from "../tenant.ts";
import type { PageWords } from "../words.ts";

/** A hidden field or a button of a form; forms post to the page's own address unless `action` is given. */
export interface FormPlan {
  action?: string;
  fields: Readonly<Record<string, string>>;
  /** HTML before the button. */
  inner?: string;
  button: string;
}

const style = `${colours}
main{max-width:30rem;margin:8vh auto;background:var(--surface);padding:2rem;border:1px solid var(--line)}
h1{font-size:1.4rem;margin:.5rem 0}.practice{margin:-2rem -2rem 1rem}
button{font:inherit;width:100%;text-align:left;padding:.75rem;margin:.25rem 0;border:1px solid var(--edge);background:var(--surface);color:inherit;cursor:pointer}
small{display:block;color:var(--quiet)}
input[type=text]{font:inherit;width:100%;padding:.5rem;border:1px solid var(--edge);background:var(--surface);color:inherit}
@media (max-width:32rem){main{margin:0 auto}}`;

/** A page of the sign-in service, marked as practice. `body` is HTML; `script` runs when it is there. */
export function page(words: PageWords, title: string, body: string, status = 200, script = ""): Response {
  const marked = `<main><p class="practice">${escape(words.t("practice.sign-in.practice"))}</p><h1>${escape(title)}</h1>${body}</main>`;
  return htmlPage({ words, title, body: marked, style, script, leadsElsewhere: true, status });
}

export function form({ action, fields, inner = "", button }: FormPlan): string {
  const target = action === undefined ? "" : ` action="${escape(action)}"`;
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join("");
  return `<form method="post"${target}>${hidden}${inner}<button>${button}</button></form>`;
}

/** The account picker; each account shows what it may do. */
export function accountPicker(tenant: Tenant, words: PageWords, app: string, hint: string | null): Response {
  const people = tenant.data.people.toSorted(
    (a, b) => Number(b.userPrincipalName === hint) - Number(a.userPrincipalName === hint),
  );
  const accounts = people
    .map((person) =>
      form({
        fields: { step: "account", account: person.userPrincipalName },
        button: `${escape(person.displayName)}<small>${escape(person.userPrincipalName)}</small><small>${escape(aboutPerson(tenant, words, person))}</small>`,
      }),
    )
    .join("");
  return page(
    words,
    words.t("practice.sign-in.pick"),
    `<p>${escape(words.t("practice.sign-in.to", { app }))}</p>${accounts}`,
  );
}

function aboutPerson(tenant: Tenant, words: PageWords, person: Person): string {
  if (person.blocked) return words.t("practice.sign-in.blocked");
  const names = rolesOf(tenant.data, person.id).map(
    (id) => directoryRoles.find(({ templateId }) => templateId === id)?.displayName ?? id,
  );
  return names.length === 0
    ? words.t("practice.sign-in.no-roles")
    : words.t("practice.sign-in.roles", { roles: names.join(", ") });
}

/** The answer to the client as a form that sends itself (OAuth 2.0 Form Post Response Mode). */
export function formPost(
  words: PageWords,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
): Response {
  const inner = form({ action: redirectUri, fields, button: escape(words.t("practice.sign-in.proceed")) });
  return page(words, words.t("practice.sign-in.working"), inner, 200, "document.forms[0].submit()");
}
