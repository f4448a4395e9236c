import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../../renderer/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What a module remembers between calls, outside of components. */
const remembered =
  /^(?:export )?let |^(?:export )?const \w+[^=\n]* = new (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)/mu;

/** Loaded once and always the same. */
const constants = ["../../renderer/certificates/password-strength.ts"];

test("a module that remembers something says how to forget it", () => {
  const remembering = Object.entries(sources).filter(([, source]) => remembered.test(source));
  expect(remembering.length).toBeGreaterThan(constants.length);
  const kept = remembering.filter(([, source]) => !source.includes("onReset(")).map(([file]) => file);
  expect(kept).toEqual(constants);
});
