import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formatDate, formatDateTime, formatTime, setFormatLocale } from "../../../renderer/store/format.ts";

const noon = "2026-11-28T12:05:00Z";

describe("dates as they are shown", () => {
  beforeEach(() => {
    vi.stubEnv("TZ", "Europe/Berlin");
    setFormatLocale("en-GB");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    setFormatLocale("en");
  });

  it("follow the language, one after the other", () => {
    expect(formatDateTime(noon)).toBe("28 Nov 2026, 13:05");
    setFormatLocale("de-DE");
    expect(formatDateTime(noon)).toBe("28. Nov. 2026, 13:05");
    setFormatLocale("en-US");
    expect(formatTime(noon)).toMatch(/^1:05\sPM$/);
  });

  it("follow a computer that travels", () => {
    expect(formatTime(noon)).toBe("13:05");
    vi.stubEnv("TZ", "America/New_York");
    expect(formatTime(noon)).toBe("07:05");
    expect(formatDateTime(noon)).toBe("28 Nov 2026, 07:05");
  });

  it("keep a plain date on its day, wherever that is", () => {
    vi.stubEnv("TZ", "America/New_York");
    expect(formatDate("2026-11-28")).toBe("28 Nov 2026");
    expect(formatDate("2026-11-28T03:00:00Z")).toBe("27 Nov 2026");
  });
});
