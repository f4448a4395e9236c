import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { shortestStay, showToast } from "../../renderer/store/toasts.ts";
import { Heading, ToastRegion } from "../../renderer/ui/index.ts";

function show(...titles: string[]): void {
  act(() => {
    for (const title of titles) showToast({ title });
  });
}

const message = (title: string) => screen.queryByText(title);
const dismiss = () => screen.getAllByRole<HTMLButtonElement>("button", { name: "Dismiss" });

/** The first button that closes a message. */
function firstDismiss(): HTMLButtonElement {
  const [first] = dismiss();
  if (first === undefined) throw new Error("no message is shown");
  return first;
}

beforeEach(() => {
  render(
    <>
      <Heading>Setups</Heading>
      <button type="button">Save</button>
      <ToastRegion />
    </>,
  );
});

describe("messages in the corner leave by themselves", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "performance"] });
  });

  const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

  it("but not while the pointer or the focus is on them", async () => {
    show("First");
    fireEvent.pointerOver(firstDismiss());
    act(() => firstDismiss().focus());
    await wait(shortestStay * 3);
    fireEvent.pointerOut(firstDismiss());
    await wait(shortestStay * 3);
    expect(message("First")).toBeVisible();
    act(() => screen.getByRole("button", { name: "Save" }).focus());
    await wait(shortestStay + 1_000);
    expect(message("First")).toBeNull();
  });

  it("also after an earlier one was closed with the pointer", async () => {
    show("First");
    fireEvent.pointerOver(firstDismiss());
    fireEvent.click(firstDismiss());
    expect(message("First")).toBeNull();
    show("Second");
    await wait(shortestStay + 1_000);
    expect(message("Second")).toBeNull();
  });

  it("also after the one beside it was closed by keyboard", async () => {
    show("First", "Second");
    act(() => firstDismiss().focus());
    await wait(shortestStay * 3);
    fireEvent.keyDown(firstDismiss(), { key: "Enter" });
    fireEvent.keyUp(firstDismiss(), { key: "Enter" });
    expect(message("First")).toBeNull();
    expect(message("Second")).toBeVisible();
    await wait(shortestStay + 1_000);
    expect(message("Second")).toBeNull();
  });
});

describe("of more messages than fit", () => {
  it("the oldest makes room that offers nothing to do; what can be undone stays", () => {
    act(() => void showToast({ title: "Deleted", action: { label: "common.undo", run: () => undefined } }));
    show("First", "Second", "Third", "Fourth");
    expect(message("Deleted")).toBeVisible();
    expect(message("First")).toBeNull();
    expect(message("Fourth")).toBeVisible();
  });

  it("the oldest goes when all of them offer something, never the newest", () => {
    act(() => {
      for (const title of ["One", "Two", "Three", "Four"])
        showToast({ title, action: { label: "common.undo", run: () => undefined } });
    });
    show("Fifth");
    expect(message("One")).toBeNull();
    expect(message("Fifth")).toBeVisible();
  });
});

describe("closing a message by keyboard", () => {
  it("leaves the focus on the screen, at its heading", async () => {
    show("First");
    await userEvent.tab();
    await userEvent.tab();
    expect(firstDismiss()).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(message("First")).toBeNull();
    await waitFor(() => expect(screen.getByRole("heading", { name: "Setups" })).toHaveFocus());
  });
});
