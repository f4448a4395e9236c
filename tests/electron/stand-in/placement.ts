/** A window's place as Electron gives it. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
export type WindowState = "normal" | "minimized" | "maximized" | "fullscreen";
/** A window's place as the DevTools protocol gives it. */
export interface Placement {
  left?: number;
  top?: number;
  width?: number;
  height?: number;
  windowState?: WindowState;
}

/** Electron's bounds for the DevTools protocol, as far as they are given. */
export function placement({ x, y, width, height }: Partial<Bounds>): Placement {
  return {
    ...(x === undefined ? {} : { left: Math.round(x) }),
    ...(y === undefined ? {} : { top: Math.round(y) }),
    ...(width === undefined ? {} : { width: Math.round(width) }),
    ...(height === undefined ? {} : { height: Math.round(height) }),
  };
}
