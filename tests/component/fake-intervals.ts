import { onTestFinished, vi } from "vitest";

/**
 * Fakes intervals and the clock until the end of the test. jsdom draws, and cares for a lost focus, with an interval
 * of its own; a faked one would stand still for all later tests, so the real one is kept going.
 */
export function fakeIntervals(): void {
  let going = true;
  const nextFrame = (): void => {
    if (going) requestAnimationFrame(nextFrame);
  };
  nextFrame();
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  onTestFinished(() => {
    going = false;
  });
}
