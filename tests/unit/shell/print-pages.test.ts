import { describe, expect, it } from "vitest";
import { isOurPage } from "../../../main/shell/page.ts";
import { createPrintPages } from "../../../main/shell/print-pages.ts";

const get = (url: string) => ({ method: "GET", url });

describe("pages for the printer", () => {
  it("are there until they are withdrawn, under an address of their own", async () => {
    const pages = createPrintPages();
    const { url, withdraw } = pages.offer("<p>1</p>");
    const answer = pages.answer(get(url));
    expect(answer?.status).toBe(200);
    expect(await answer?.text()).toBe("<p>1</p>");
    expect(answer?.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    withdraw();
    expect(pages.answer(get(url))?.status).toBe(404);
  });

  it("are no pages of the app, so nothing they do is trusted", () => {
    expect(isOurPage(createPrintPages().offer("").url, null)).toBe(false);
  });

  it("answer only GET, only what is offered, and leave other hosts to others", () => {
    const pages = createPrintPages();
    const { url } = pages.offer("x");
    expect(pages.answer({ method: "POST", url })?.status).toBe(404);
    expect(pages.answer(get("app://print/"))?.status).toBe(404);
    expect(pages.answer(get("app://main/index.html"))).toBeNull();
    expect(pages.answer(get("https://print/"))).toBeNull();
    expect(pages.answer(get("not an address"))).toBeNull();
  });
});
