import { useEffect, useRef } from "react";
import type { Command } from "../../preload/contract.ts";
import { onReset } from "./page-state.ts";

type Handler = () => void;

const handlers = new Map<Command, Handler[]>();
onReset(() => handlers.clear());

/** Carries out a menu command; the screen that was opened last decides. Gives whether anyone did. */
export function runCommand(name: Command): boolean {
  const handler = handlers.get(name)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** While the component is on the screen, it carries out `name`. */
export function useCommand(name: Command, handler: Handler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const run: Handler = () => latest.current();
    handlers.set(name, [...(handlers.get(name) ?? []), run]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((entry) => entry !== run),
      );
    };
  }, [name]);
}
