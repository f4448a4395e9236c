/** Frames until the new view is drawn and a closing dialog has given the focus back. */
const settling = 6;

/**
 * After a change of the user's own whose button is gone with it: the focus would fall back to the page's start, so
 * it goes to the screen's heading instead.
 */
export function keepFocus(frames: number = settling): void {
  requestAnimationFrame(() => {
    if (frames > 0) {
      keepFocus(frames - 1);
      return;
    }
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) {
      document.querySelector<HTMLElement>("[data-screen-heading]")?.focus({ preventScroll: true });
    }
  });
}
