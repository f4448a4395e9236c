/** Name of the IPC channel of a method. */
export function channel(area: string, name: string): string {
  return `rollout:${area}.${name}`;
}

/** Name of the IPC channel of an event. */
export function eventChannel(event: string): string {
  return `rollout:on:${event}`;
}
