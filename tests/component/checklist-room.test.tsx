import { screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { roomFor } from "../../renderer/checklist/use-room.ts";
import { openSetup } from "./checklist-support.tsx";
import { halfway } from "./setup-in-memory.ts";

afterEach(() => vi.restoreAllMocks());

/** A window of this size, in CSS pixels. */
function sized(width: number, height: number): void {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, width, height));
}

describe("a narrow window", () => {
  test.each([
    [899, "one"],
    [900, "two"],
    [1179, "two"],
    [1180, "three"],
  ] as const)("of %i pixels has room for %s", (pixels, room) => {
    expect(roomFor(pixels / 16)).toBe(room);
  });

  test("turns the list of steps into a choice that names the step and its state", async () => {
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe(): void {}
        unobserve(): void {}
        disconnect(): void {}
      },
    );
    sized(720, 700);
    const user = await openSetup(halfway());
    const steps = within(screen.getByRole("navigation", { name: "Setup steps" }));
    await user.click(steps.getByRole("button", { name: /Step 7: API permissions/ }));
    const option = await screen.findByRole("option", { name: /^Step 8: Administrative consent/ });
    expect(option).toHaveTextContent("Can’t start yet: 1 thing missing");
    await user.click(option);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Administrative consent");
    vi.unstubAllGlobals();
  });

  test("keeps the help, folded away below the step", async () => {
    sized(1024, 700);
    await openSetup(halfway());
    expect(screen.queryByRole("complementary")).toBeNull();
    expect(screen.getByText("Help for this step")).toBeVisible();
  });
});
