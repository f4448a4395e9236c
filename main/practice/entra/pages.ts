import type { Person } from "../data.ts";
import { rolesOf } from "../directory.ts";
import { directoryRoles } from "../roles.ts";
import type { Tenant } from "../tenant.ts";
import type { Say, wordsFor } from "./words.ts";

export type PageWords = ReturnType<typeof wordsFor>;

/** A hidden field or a button of a form; forms post to the page's own address unless `action` is given. */
export interface FormPlan {
  action?: string;
  fields: Readonly<Record<string, string>>;
  /** HTML before the button. */
  inner?: string;
  button: string;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f2f2f2;color:#1b1b1b}
main{max-width:30rem;margin:8vh auto;background:#fff;padding:2rem;box-shadow:0 2px 6px #0003}
h1{font-size:1.4rem;margin:.5rem 0}p.practice{background:#7a4100;color:#fff;padding:.5rem .75rem;margin:-2rem -2rem 1rem}
button{font:inherit;width:100%;text-align:left;padding:.75rem;margin:.25rem 0;border:1px solid #767676;background:#fff;cursor:pointer}
button:focus-visible,input:focus-visible{outline:3px solid #0067b8}small{display:block;color:#555}
input[type=text]{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}code{overflow-wrap:anywhere}`;

/** A page of the sign-in service, marked as practice. `body` is HTML. */
export function page(say: PageWords, title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="${say.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style}</style></head><body><main><p class="practice">${escape(say("practice"))}</p><h1>${escape(title)}</h1>${body}</main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Frame-Options": "DENY",
    },
  });
}

export function form({ action, fields, inner = "", button }: FormPlan): string {
  const target = action === undefined ? "" : ` action="${escape(action)}"`;
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join("");
  return `<form method="post"${target}>${hidden}${inner}<button>${button}</button></form>`;
}

/** The account picker; each account shows what it may do. */
export function accountPicker(tenant: Tenant, say: PageWords, app: string, hint: string | null): Response {
  const people = tenant.data.people.toSorted(
    (a, b) => Number(b.userPrincipalName === hint) - Number(a.userPrincipalName === hint),
  );
  const accounts = people
    .map((person) =>
      form({
        fields: { step: "account", account: person.userPrincipalName },
        button: `${escape(person.displayName)}<small>${escape(person.userPrincipalName)}</small><small>${escape(aboutPerson(tenant, say, person))}</small>`,
      }),
    )
    .join("");
  return page(say, say("pick"), `<p>${escape(say("to", { app }))}</p>${accounts}`);
}

function aboutPerson(tenant: Tenant, say: Say, person: Person): string {
  if (person.blocked) return say("blocked");
  const names = rolesOf(tenant.data, person.id).map(
    (id) => directoryRoles.find(({ templateId }) => templateId === id)?.displayName ?? id,
  );
  return names.length === 0 ? say("noRoles") : say("roles", { roles: names.join(", ") });
}

/** The answer to the client as a form that sends itself (OAuth 2.0 Form Post Response Mode). */
export function formPost(
  say: PageWords,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
): Response {
  const inner = form({ action: redirectUri, fields, button: escape(say("proceed")) });
  return page(say, say("working"), `${inner}<script>document.forms[0].submit()</script>`);
}

export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
