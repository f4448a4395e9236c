import { useEffect } from "react";

/**
 * F6 and Shift+F6 go round the regions of the window: every element with `data-region`, in the order of the page.
 * In a region the focus goes to where it was, else to what is current, else to the region itself.
 */
export function useRegionKeys(): void {
  useEffect(() => {
    const lastIn = new WeakMap<HTMLElement, HTMLElement>();
    const remember = (event: FocusEvent): void => {
      const target = event.target;
      if (!(target instanceof HTMLElement)) return;
      const region = target.closest<HTMLElement>("[data-region]");
      if (region !== null && region !== target) lastIn.set(region, target);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      // In a dialog the focus stays in the dialog.
      if (document.querySelector("[role='dialog'], [role='alertdialog']") !== null) return;
      const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
      if (regions.length === 0) return;
      event.preventDefault();
      const here = regions.findIndex((region) => region.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const start = here === -1 && event.shiftKey ? 0 : here;
      const next = regions.at((start + step + regions.length) % regions.length);
      if (next !== undefined) enter(next, lastIn.get(next));
    };
    document.addEventListener("focusin", remember);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("focusin", remember);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}

function enter(region: HTMLElement, last: HTMLElement | undefined): void {
  if (last !== undefined && region.contains(last)) {
    last.focus();
    if (document.activeElement === last) return;
  }
  const current = region.querySelector<HTMLElement>("[aria-current], [data-screen-heading]");
  (current ?? region).focus();
}
