import type { FieldId, StepId } from "../../preload/model/guide.ts";
import { pageState } from "./page-state.ts";

export type Route =
  /** `show` begins with these setups alone. */
  | { screen: "home"; show?: "expiring" }
  | { screen: "setup"; setupId: string; step?: StepId; field?: FieldId }
  | { screen: "access"; setupId: string }
  | { screen: "settings" }
  | { screen: "activity"; setupId: string }
  /** The logs of all setups. */
  | { screen: "activity" }
  | { screen: "watch" }
  | { screen: "dry-run"; setupId: string }
  | { screen: "rotation"; setupId: string }
  | { screen: "inspect" }
  | { screen: "bulk" };

interface RouteState {
  route: Route;
  /** Where "back" leads. */
  previous: Route;
  /** Counts moves by the user: each one puts the focus on the new screen's heading. */
  moves: number;
}

const home: Route = { screen: "home" };
const store = pageState<RouteState>(() => ({ route: home, previous: home, moves: 0 }));

export function useRoute(): RouteState {
  return store();
}

export function currentRoute(): Route {
  return store.getState().route;
}

/** How often the user has moved by now. */
export function currentMoves(): number {
  return store.getState().moves;
}

/** Goes to a screen because the user asked for it. */
export function navigate(route: Route): void {
  store.setState(({ route: last, previous, moves }) => ({
    route,
    previous: last.screen === route.screen ? previous : last,
    moves: moves + 1,
  }));
}

/** Back to the screen before this one; from the start screen nowhere. */
export function goBack(): void {
  const { previous, route } = store.getState();
  navigate(previous.screen === route.screen ? home : previous);
}
