import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import {
  announce,
  Announcer,
  Button,
  ConfirmDialog,
  CopyButton,
  FileDrop,
  Menu,
  PasswordField,
  Segmented,
  Text,
  TextField,
} from "../../renderer/ui/index.ts";
import { createFakeApi, errorView } from "./fake-api.ts";

describe("a button that cannot be pressed now", () => {
  it("stays reachable by keyboard, says why, and does nothing", async () => {
    const press = vi.fn<() => void>();
    render(
      <Button onPress={press} disabledReason="The tenant ID is missing">
        Open portal
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Open portal" });
    await userEvent.tab();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription(/The tenant ID is missing/);
    await userEvent.click(button);
    await userEvent.keyboard("{Enter} ");
    expect(press).not.toHaveBeenCalled();
  });

  it("does nothing while its work is under way, and keeps the focus", async () => {
    const press = vi.fn<() => void>();
    const { rerender } = render(<Button onPress={press}>Export</Button>);
    await userEvent.click(screen.getByRole("button"));
    rerender(
      <Button onPress={press} pending>
        Export
      </Button>,
    );
    await userEvent.click(screen.getByRole("button"));
    expect(press).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("button", { name: /Export/ })).toHaveFocus();
  });
});

describe("an entry of a menu that cannot be chosen now", () => {
  it("is in the menu with its reason, and does nothing", async () => {
    const action = vi.fn<() => void>();
    render(
      <Menu
        label="More"
        items={[{ id: "x", label: "Undo", onAction: action, disabledReason: "Nothing to undo" }]}
      />,
    );
    await userEvent.click(screen.getByRole("button", { name: "More" }));
    const item = await screen.findByRole("menuitem", { name: "Undo Nothing to undo" });
    await userEvent.click(item);
    expect(action).not.toHaveBeenCalled();
  });
});

describe("copying", () => {
  it("hands the text to main, says what was copied, and keeps its name", async () => {
    const fake = createFakeApi();
    window.rollout = fake.api;
    render(
      <>
        <Announcer />
        <CopyButton text="1b4e28ba" what="Application ID" />
      </>,
    );
    await userEvent.click(screen.getByRole("button", { name: "Copy Application ID" }));
    expect(fake.calls).toEqual([{ name: "app.copyText", input: { text: "1b4e28ba" } }]);
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Application ID copied"));
    expect(screen.getByRole("button", { name: "Copy Application ID" })).toHaveFocus();
  });

  it("does not claim to have copied when it failed", async () => {
    const fake = createFakeApi();
    fake.fail("app.copyText", errorView("internal"));
    window.rollout = fake.api;
    const copied = vi.fn<() => void>();
    render(<CopyButton text="x" what="Value" onCopied={copied} />);
    await userEvent.click(screen.getByRole("button", { name: "Copy Value" }));
    expect(copied).not.toHaveBeenCalled();
  });
});

describe("a password", () => {
  function Password() {
    const [value, setValue] = useState("Hidden-Value-1");
    return <PasswordField label="PFX password" value={value} onChange={setValue} />;
  }

  it("is concealed until it is asked for, also in the accessibility tree", async () => {
    render(<Password />);
    const field = screen.getByLabelText("PFX password");
    expect(field).toHaveAttribute("type", "password");
    const toggle = screen.getByRole("button", { name: "Show (PFX password)" });
    expect(toggle).toHaveAttribute("aria-pressed", "false");
    expect(document.body.textContent).not.toContain("Hidden-Value-1");
    await userEvent.click(toggle);
    expect(toggle).toHaveAttribute("aria-pressed", "true");
    expect(toggle).toHaveAccessibleName("Show (PFX password)");
    expect(field).toHaveAttribute("type", "text");
    await userEvent.click(toggle);
    expect(field).toHaveAttribute("type", "password");
  });

  it("can be pasted", async () => {
    render(<Password />);
    const field = screen.getByLabelText("PFX password");
    await userEvent.clear(field);
    await userEvent.paste("Pasted-Value-2");
    expect(field).toHaveValue("Pasted-Value-2");
  });
});

describe("a text field", () => {
  it("ties help, hint and problem to the field", () => {
    render(
      <TextField
        label="Tenant ID"
        value="x"
        onChange={() => {}}
        help="Found under Overview"
        hint="Looks like the client ID"
        problem="Not a GUID"
      />,
    );
    const field = screen.getByRole("textbox", { name: "Tenant ID" });
    expect(field).toBeInvalid();
    for (const words of ["Found under Overview", "Looks like the client ID", "Not a GUID"]) {
      expect(field).toHaveAccessibleDescription(expect.stringContaining(words));
    }
  });

  it("says which value is used while it is empty", () => {
    render(
      <TextField label="Display name" value="" onChange={() => {}} suggestion="contoso.onmicrosoft.com" />,
    );
    expect(screen.getByPlaceholderText("contoso.onmicrosoft.com")).toHaveAccessibleDescription(
      /Used while the field is empty/,
    );
  });
});

describe("a choice of few", () => {
  it("is a radio group that arrow keys move through", async () => {
    const change = vi.fn<(value: string) => void>();
    render(
      <Segmented
        label="Key"
        value="2048"
        onChange={change}
        options={[
          { id: "2048", label: "RSA 2048" },
          { id: "3072", label: "RSA 3072" },
        ]}
      />,
    );
    expect(screen.getByRole("radiogroup", { name: "Key" })).toBeVisible();
    await userEvent.tab();
    await userEvent.keyboard("{ArrowRight}");
    expect(change).toHaveBeenCalledWith("3072");
  });
});

describe("a dialog that asks", () => {
  it("does nothing on Escape and gives the focus back", async () => {
    const confirm = vi.fn<() => void>();
    function Asking() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <Button onPress={() => setOpen(true)}>Remove…</Button>
          <ConfirmDialog
            title="Remove?"
            isOpen={open}
            onClose={() => setOpen(false)}
            onConfirm={confirm}
            confirmLabel="Remove"
            danger
          >
            It will be gone.
          </ConfirmDialog>
        </>
      );
    }
    render(<Asking />);
    await userEvent.click(screen.getByRole("button", { name: "Remove…" }));
    expect(await screen.findByRole("alertdialog", { name: "Remove?" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(confirm).not.toHaveBeenCalled();
    await waitFor(() => expect(screen.getByRole("button", { name: "Remove…" })).toHaveFocus());
  });
});

describe("texts with marks", () => {
  it("become elements, and markup in them stays text", () => {
    const { container } = render(
      <p>
        <Text>{"Run `certutil` **now** <img src=x>"}</Text>
      </p>,
    );
    expect(screen.getByText("certutil").tagName).toBe("CODE");
    expect(screen.getByText("now").tagName).toBe("STRONG");
    expect(container.querySelector("img")).toBeNull();
    expect(container).toHaveTextContent("<img src=x>");
  });
});

describe("announcements", () => {
  it("come one at a time with a pause, joined meanwhile, and failures at once", () => {
    vi.useFakeTimers();
    try {
      render(<Announcer />);
      // The pause after an announcement of another test must be over.
      act(() => void vi.advanceTimersByTime(60_000));
      act(() => {
        announce("First");
        vi.advanceTimersByTime(10);
      });
      expect(screen.getByRole("status")).toHaveTextContent("First");
      act(() => {
        announce("Second");
        announce("Third");
        announce("Third");
        vi.advanceTimersByTime(1_000);
      });
      expect(screen.getByRole("status")).toHaveTextContent("First");
      act(() => void vi.advanceTimersByTime(2_100));
      expect(screen.getByRole("status")).toHaveTextContent(/^Second Third/);
      act(() => {
        announce("Disk full", "assertive");
        vi.advanceTimersByTime(1);
      });
      expect(screen.getByRole("alert")).toHaveTextContent("Disk full");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a place to drop a file", () => {
  it("always comes with a button, because dragging is never the only way", () => {
    render(
      <FileDrop label="Drop a PFX" accept={[".pfx"]} maxBytes={10} onFile={() => {}}>
        <Button>Choose file…</Button>
      </FileDrop>,
    );
    expect(screen.getByRole("button", { name: "Choose file…" })).toBeVisible();
    expect(screen.getByText(/\.pfx/)).toBeVisible();
  });
});
