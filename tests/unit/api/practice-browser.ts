import type { PracticeTenant } from "../../../main/practice/practice.ts";
import { browserOf } from "../practice/browser.ts";
import type { TestApp } from "./app.ts";

/** The practised address behind an address of the loopback server. */
export function practisedUrl(local: string): string {
  const { pathname, search } = new URL(local);
  return `https://${pathname.slice(1)}${search}`;
}

/** From now on this person signs in on each page that the app opens, and agrees to what is asked. */
export async function signInAs(app: TestApp, setupId: string, account: string): Promise<PracticeTenant> {
  const { tenant } = await app.practice.of(setupId, {
    tenantId: "",
    application: { displayName: "", uniqueName: "" },
  });
  const person = tenant.data.people.find((one) => one.userPrincipalName.startsWith(`${account}@`));
  if (person === undefined) throw new Error(`Nobody is called ${account}.`);
  app.browser = async (local) => {
    const browser = browserOf(tenant);
    let page = await browser.load(practisedUrl(local));
    if (page.forms.some(({ button }) => button.includes(person.displayName))) {
      page = await browser.press(page, person.displayName);
    }
    if (page.forms.some(({ button }) => button.includes("Accept")))
      page = await browser.press(page, "Accept");
    // A page that says no has one button, back to the app.
    const [only] = page.forms;
    if (page.forms.length === 1 && only?.action === "") page = await browser.press(page, only.button);
    const [form] = page.forms;
    if (form === undefined || !form.action.startsWith("http://localhost")) return;
    const answer = form.action.replace("localhost", "127.0.0.1");
    void fetch(answer, { method: "POST", body: new URLSearchParams(form.fields) });
  };
  return tenant;
}
