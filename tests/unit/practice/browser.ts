import type { PracticeTenant } from "../../../main/practice/practice.ts";

/** A page as a person without a mouse sees it: its text and its forms. */
export interface Page {
  url: string;
  status: number;
  text: string;
  forms: { action: string; fields: Record<string, string>; button: string }[];
}

/** A browser that only knows the practice tenant. Redirects within it are followed. */
export function browserOf(practice: Pick<PracticeTenant, "handle" | "hosts">, language = "en") {
  async function load(url: string, body?: URLSearchParams): Promise<Page> {
    const request = new Request(url, {
      headers: { "Accept-Language": language },
      ...(body && { method: "POST", body }),
    });
    const response = await practice.handle(request);
    const location = response.headers.get("Location");
    if (location !== null) {
      const target = new URL(location, url).href;
      if (new URL(target).hostname === practice.hosts.login) return load(target);
      return { url: target, status: response.status, text: "", forms: [] };
    }
    return parse(url, response.status, await response.text());
  }

  /** Presses a button; other fields of the form are typed before. A form that leads elsewhere is given back. */
  async function press(page: Page, button: string, typed: Record<string, string> = {}): Promise<Page> {
    const form = page.forms.find((candidate) => candidate.button.includes(button));
    if (form === undefined) throw new Error(`No button "${button}" on: ${page.text}`);
    return load(
      new URL(form.action || page.url, page.url).href,
      new URLSearchParams({ ...form.fields, ...typed }),
    );
  }
  return { load, press };
}

/** The fields that the last page sends to the client. */
export function answerOn(page: Page): Record<string, string> {
  const [form] = page.forms;
  if (form === undefined || form.action === "") throw new Error(`No answer on: ${page.text}`);
  return form.fields;
}

function parse(url: string, status: number, html: string): Page {
  const text = (part: string) =>
    part
      .replaceAll(/<style>.*?<\/style>|<script>.*?<\/script>|<title>.*?<\/title>/gs, "")
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/&#39;/g, "'")
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&")
      .replaceAll(/\s+/g, " ")
      .trim();
  const forms = [...html.matchAll(/<form method="post"(?: action="([^"]*)")?>(.*?)<\/form>/gs)].map(
    (match) => {
      const inner = match[2] ?? "";
      const inputs = inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
      return {
        action: text(match[1] ?? ""),
        fields: Object.fromEntries([...inputs].map((input) => [text(input[1] ?? ""), text(input[2] ?? "")])),
        button: text(/<button>(.*?)<\/button>/s.exec(inner)?.[1] ?? ""),
      };
    },
  );
  return { url, status, text: text(html), forms };
}
