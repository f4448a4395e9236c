import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeFileAtomic } from "../files/atomic-file.ts";

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the window was, in device-independent pixels. */
export interface WindowState {
  bounds: Rectangle;
  maximized: boolean;
}

/** How a window is placed when nothing was saved, and how small it may become. Device-independent pixels. */
export interface Placement {
  minimum: Size;
  initial: Size;
  /** Where it first opens on its screen. */
  at: "centre" | "right";
}

interface Size {
  width: number;
  height: number;
}

export const mainPlacement: Placement = {
  minimum: { width: 720, height: 560 },
  initial: { width: 1320, height: 860 },
  at: "centre",
};
/** The transfer strip: narrow, beside the browser. */
export const stripPlacement: Placement = {
  minimum: { width: 300, height: 360 },
  initial: { width: 380, height: 640 },
  at: "right",
};

/** At least this much of the window's top edge stays on a screen, so that it can be seen and dragged. */
const graspable = { width: 160, height: 32 } as const;

const length = z.number().int().min(-100_000).max(100_000);
const stateForm = z.object({
  bounds: z.object({ x: length, y: length, width: length, height: length }),
  maximized: z.boolean(),
});

/** Reads the state from its file; null when there is none or it makes no sense. */
export async function readWindowState(path: string): Promise<WindowState | null> {
  try {
    return stateForm.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    // Only comfort is lost: the window opens in the middle.
    return null;
  }
}

/** Writes the state. Errors: those of writeFileAtomic. */
export async function writeWindowState(path: string, state: WindowState): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(state)}\n`, { replace: true });
}

/**
 * Bounds for the window: the saved ones when enough of the title bar is on one of the screens' work areas,
 * else the initial size on the first. Never larger than the screen it is on.
 */
export function fitBounds(
  saved: Rectangle | null,
  workAreas: readonly Rectangle[],
  placement: Placement = mainPlacement,
): Rectangle {
  const first = workAreas[0] ?? { x: 0, y: 0, ...placement.initial };
  if (saved === null) return placed(placement.initial, first, placement);
  const home = workAreas.find((area) => titleBarVisible(saved, area));
  if (home === undefined) return placed(saved, first, placement);
  const size = limited(saved, home, placement);
  // The window may have become smaller; what is visible of its title bar must still be enough.
  const x = Math.min(
    Math.max(saved.x, home.x + graspable.width - size.width),
    home.x + home.width - graspable.width,
  );
  return { x, y: saved.y, ...size };
}

function titleBarVisible(window: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const above = window.y >= area.y && window.y + graspable.height <= area.y + area.height;
  return above && overlap >= graspable.width;
}

function limited(size: Size, area: Rectangle, { minimum }: Placement): Size {
  return {
    width: Math.min(Math.max(size.width, minimum.width), area.width),
    height: Math.min(Math.max(size.height, minimum.height), area.height),
  };
}

function placed(wanted: Size, area: Rectangle, placement: Placement): Rectangle {
  const size = limited(wanted, area, placement);
  const room = area.width - size.width;
  return {
    x: Math.round(area.x + (placement.at === "right" ? room : room / 2)),
    y: Math.round(area.y + (area.height - size.height) / 2),
    ...size,
  };
}
