import type { TextSize } from "../../preload/model/app.ts";
import { textSizes } from "../../preload/model/app.ts";

/** The text size one notch larger or smaller, or the normal one; it stays at either end. Per cent. */
export function changedTextSize(current: TextSize, change: "in" | "out" | "reset"): TextSize {
  if (change === "reset") return 100;
  const index = textSizes.indexOf(current) + (change === "in" ? 1 : -1);
  return textSizes[index] ?? current;
}
