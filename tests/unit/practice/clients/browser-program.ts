/**
 * Stands for the system browser: opens the address that it is started with, picks the account that
 * PRACTICE_ACCOUNT names, accepts what is asked, and posts or follows the answer to the program that waits for it.
 */
import { answerOn, browserOf } from "../browser.ts";
import { microsoftHosts } from "./hosts.ts";

const [, , address = ""] = process.argv;
const browser = browserOf({
  hosts: microsoftHosts,
  handle: (request) => fetch(request, { redirect: "manual" }),
});
let page = await browser.load(address);
page = await browser.press(page, process.env["PRACTICE_ACCOUNT"] ?? "");
if (page.forms.some(({ button }) => button === "Accept")) page = await browser.press(page, "Accept");
const [form] = page.forms;
if (form === undefined) await fetch(page.url);
else await fetch(form.action, { method: "POST", body: new URLSearchParams(answerOn(page)) });
