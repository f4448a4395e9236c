import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { setLanguage } from "../../renderer/i18n.ts";
import "../../renderer/store/api.ts";
import { resetBatch } from "../../renderer/store/batch.ts";
import { setFormatLocale } from "../../renderer/store/format.ts";
import { resetRoute } from "../../renderer/store/route.ts";
import { resetUnsavedTexts } from "../../renderer/store/saved-value.ts";
import { resetSetups } from "../../renderer/store/setups.ts";
import { dismissAllToasts } from "../../renderer/store/toasts.ts";
import { addMissingBrowserParts } from "./browser-parts.ts";
import { now } from "./certificate-samples.ts";

configure({ asyncUtilTimeout: 5_000 });
addMissingBrowserParts();

beforeEach(async () => {
  // Timers run as always.
  vi.useFakeTimers({ toFake: ["Date"], now });
  await setLanguage("en", "en-GB");
  setFormatLocale("en-GB");
  resetRoute();
  resetSetups();
  resetUnsavedTexts();
  resetBatch();
  dismissAllToasts();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  delete window.rollout;
});
