import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { newDocument } from "../../main/setups/document.ts";
import { App } from "../../renderer/app.tsx";
import { expectAccessible, idOf, now } from "./after-support.tsx";
import type { FakeApi } from "./fake-api.ts";
import { createFakeApi, errorView } from "./fake-api.ts";

const named = (name: string, number: number) => newDocument(idOf(number), name, "global", now());

interface Start {
  listed?: string[];
  deleted?: string[];
  prepare?: (fake: FakeApi) => void;
}

/** The start screen with setups in the list and in the trash. */
async function start({ listed = ["Contoso AG"], deleted = ["Fabrikam", "Zürich"], prepare }: Start = {}) {
  const fake = createFakeApi({ documents: listed.map((name, index) => named(name, index)), now });
  for (const [index, name] of deleted.entries()) {
    fake.state.removed.set(idOf(index + 50), named(name, index + 50));
  }
  prepare?.(fake);
  window.rollout = fake.api;
  const { container } = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return { fake, container };
}

async function show(name: string): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name: /Show$/ }));
  await userEvent.click(await screen.findByRole("option", { name }));
}

const button = (name: string) => screen.findByRole("button", { name });
const row = (name: string) => screen.findByRole("row", { name });
const inputsOf = (fake: FakeApi, name: string) =>
  fake.calls.filter((call) => call.name === name).map(({ input }) => input);

describe("the deleted setups", () => {
  it("are a choice of the filter; each says when it was deleted and until when it is kept", async () => {
    const { container } = await start();
    await show("Deleted");
    const fabrikam = await row("Fabrikam");
    expect(fabrikam).toHaveTextContent("Deleted today 10:12");
    expect(fabrikam).toHaveTextContent("Kept until 24 Dec 2026");
    expect(screen.getByText("2 setups")).toBeVisible();
    expect(screen.queryByRole("row", { name: "Contoso AG" })).toBeNull();
    await expectAccessible(container);
    await userEvent.type(screen.getByRole("textbox", { name: "Search setups" }), "zurich");
    await waitFor(() => expect(screen.getAllByRole("row")).toHaveLength(1));
    expect(await row("Zürich")).toBeVisible();
  });

  it("are restored, long after the message with Undo is gone", async () => {
    const { fake } = await start();
    await show("Deleted");
    await userEvent.click(await button("Restore Fabrikam"));
    await waitFor(() => expect(screen.queryByRole("row", { name: "Fabrikam" })).toBeNull());
    expect(inputsOf(fake, "setups.restore")).toEqual([{ setupId: idOf(50), entry: idOf(50) }]);
    const messages = screen.getByRole("region", { name: "Messages" });
    expect(await within(messages).findByText("“Fabrikam” is back")).toBeVisible();
    await show("All active");
    expect(await row("Fabrikam")).toBeVisible();
  });

  it("are deleted for good only after it was said what goes and what stays", async () => {
    const { fake, container } = await start();
    await show("Deleted");
    await userEvent.click(await button("Delete Fabrikam for good…"));
    const dialog = await screen.findByRole("alertdialog", { name: "Delete “Fabrikam” for good?" });
    expect(dialog).toHaveTextContent(/Keys, passwords and sign-ins .* go too/);
    expect(dialog).toHaveTextContent(/Files you saved.* stay/);
    const cancel = within(dialog).getByRole("button", { name: "Cancel" });
    expect(cancel).toHaveFocus();
    await userEvent.click(cancel);
    expect(inputsOf(fake, "setups.deleteForGood")).toEqual([]);
    await userEvent.click(await button("Delete Fabrikam for good…"));
    const again = await screen.findByRole("alertdialog");
    await userEvent.click(within(again).getByRole("button", { name: "Delete for good" }));
    await waitFor(() => expect(screen.queryByRole("row", { name: "Fabrikam" })).toBeNull());
    expect(inputsOf(fake, "setups.deleteForGood")).toEqual([{ entry: idOf(50) }]);
    expect(await row("Zürich")).toBeVisible();
    await expectAccessible(container);
  });

  it.each(["restored", "deleted for good"])("offer no Undo any more once they are %s", async (how) => {
    await start({ listed: ["Contoso AG", "Fabrikam"], deleted: [] });
    await userEvent.click(await button("Actions for Fabrikam"));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await button("Undo");
    await show("Deleted");
    if (how === "restored") await userEvent.click(await button("Restore Fabrikam"));
    else {
      await userEvent.click(await button("Delete Fabrikam for good…"));
      const dialog = await screen.findByRole("alertdialog");
      await userEvent.click(within(dialog).getByRole("button", { name: "Delete for good" }));
    }
    await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
  });

  it("can be reached and restored with the keyboard alone; the focus stays on the screen", async () => {
    await start({ deleted: ["Fabrikam"] });
    await show("Deleted");
    const fabrikam = await row("Fabrikam");
    act(() => fabrikam.focus());
    await userEvent.keyboard("{ArrowRight}");
    expect(await button("Restore Fabrikam")).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("No deleted setups")).toBeVisible();
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  });

  it("stay, with the reason, when one of them is there again", async () => {
    await start({ prepare: ({ state }) => state.documents.set(idOf(50), named("Fabrikam", 50)) });
    await show("Deleted");
    await userEvent.click(await button("Restore Fabrikam"));
    expect(await screen.findByText("This setup is in the list already")).toBeVisible();
    expect(await row("Fabrikam")).toBeVisible();
  });

  it("can be reached when nothing else is left", async () => {
    await start({ listed: [], deleted: ["Fabrikam"] });
    await userEvent.click(await button("Deleted setups"));
    await userEvent.click(await button("Restore Fabrikam"));
    await show("All active");
    expect(await row("Fabrikam")).toBeVisible();
  });

  it("say so when there are none, or none that match, and lead back to the list", async () => {
    await start({ deleted: [] });
    await show("Deleted");
    expect(await screen.findByText("No deleted setups")).toBeVisible();
    await userEvent.type(screen.getByRole("textbox", { name: "Search setups" }), "nothing like it");
    await userEvent.click(await button("Show all setups"));
    expect(await row("Contoso AG")).toBeVisible();
  });

  it("say what went wrong when they cannot be read, and are there after another try", async () => {
    const { fake } = await start({
      prepare: ({ fail }) =>
        fail("setups.deleted", errorView("read-failed", { path: "trash", reason: "EIO" })),
    });
    await show("Deleted");
    const main = screen.getByRole("main");
    expect(await within(main).findByRole("alert")).toHaveTextContent("The file couldn’t be read");
    fake.fail("setups.deleted", null);
    await userEvent.click(await button("Try again"));
    expect(await row("Fabrikam")).toBeVisible();
    expect(within(main).queryByRole("alert")).toBeNull();
  });

  it("say that they are being read", async () => {
    await start({
      prepare: ({ replies }) => replies.set("setups.deleted", () => new Promise(() => undefined)),
    });
    await show("Deleted");
    expect(await screen.findByText("Loading…")).toBeVisible();
  });
});
