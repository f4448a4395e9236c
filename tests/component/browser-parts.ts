/** What jsdom lacks of a browser and the app or its components use. Layout has no size here, so these say so. */
export function addMissingBrowserParts(): void {
  class NoResizeObserver implements ResizeObserver {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  globalThis.ResizeObserver ??= NoResizeObserver;
  globalThis.CSS ??= {} as typeof CSS;
  CSS.escape ??= (text) => text.replace(/[^\w-]/g, (character) => `\\${character}`);
  if (!("scrollIntoView" in Element.prototype)) {
    Object.defineProperty(Element.prototype, "scrollIntoView", { value: () => {}, writable: true });
  }
  window.matchMedia ??= (query) =>
    ({
      matches: false,
      media: query,
      onchange: null,
      addListener: () => {},
      removeListener: () => {},
      addEventListener: () => {},
      removeEventListener: () => {},
      dispatchEvent: () => false,
    }) satisfies MediaQueryList;
}
