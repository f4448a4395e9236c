// oxlint-disable-next-line no-restricted-imports -- the one place for it
import { create } from "zustand";
import type { StoreApi, UseBoundStore } from "zustand";

const resets: (() => void)[] = [];

/** State that lasts as long as the page. All of it is made here, so that a test can begin as after the start. */
export function pageState<T extends object>(initial: () => T): UseBoundStore<StoreApi<T>> {
  const store = create<T>(initial);
  onReset(() => store.setState(initial(), true));
  return store;
}

/** For a module that remembers something without a store: `forget` brings it back to how it began. */
export function onReset(forget: () => void): void {
  resets.push(forget);
}

/** For tests: everything as after the start. */
export function resetPageState(): void {
  for (const reset of resets) reset();
}
