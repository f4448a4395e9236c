import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { destroyAnnouncer } from "react-aria/private/live-announcer/LiveAnnouncer";
import { afterEach, beforeEach, vi } from "vitest";
import { setLanguage } from "../../renderer/i18n.ts";
import "../../renderer/store/api.ts";
import { setFormatLocale } from "../../renderer/store/format.ts";
import { resetPageState } from "../../renderer/store/page-state.ts";
import { applyAccent } from "../../renderer/ui/accent.ts";
import { addMissingBrowserParts } from "./browser-parts.ts";
import { now } from "./certificate-samples.ts";

configure({ asyncUtilTimeout: 5_000 });
addMissingBrowserParts();

beforeEach(async () => {
  // Timers run as always.
  vi.useFakeTimers({ toFake: ["Date"], now });
  await setLanguage("en", "en-GB");
  setFormatLocale("en-GB");
});

// All files of a worker share one page and its modules: what a test leaves there, the next one would find.
afterEach(async () => {
  vi.useRealTimers();
  cleanup();
  // What closing begins, such as saving a field, still finds main.
  await new Promise((resolve) => setTimeout(resolve, 0));
  delete window.rollout;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  resetPageState();
  destroyAnnouncer();
  applyAccent(null);
  localStorage.clear();
  document.title = "";
  document.body.replaceChildren();
});
