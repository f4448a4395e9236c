import type { Events } from "../../preload/contract.ts";
import { eventChannel } from "../../preload/contract.ts";

/** A window that can be told something. */
export interface Receiver {
  send(channel: string, payload: unknown): void;
}

export type Emit = <E extends keyof Events>(event: E, payload: Events[E]) => void;

/** Tells every window that is open at the moment of the event. */
export function createEmit(receivers: () => Iterable<Receiver>): Emit {
  return (event, payload) => {
    for (const receiver of receivers()) receiver.send(eventChannel(event), payload);
  };
}
