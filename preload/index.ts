import { contextBridge, ipcRenderer } from "electron";
import { channel, eventChannel } from "./contract/channels.ts";
import { eventNames } from "./contract/events.ts";
import { methodNames } from "./contract/names.ts";

/** Gives the page one object with the contract's methods and events, and nothing of Electron. */
const methods = Object.entries(methodNames).map(([area, names]) => [
  area,
  Object.fromEntries(
    names.map((name) => [name, (input: unknown) => ipcRenderer.invoke(channel(area, name), input)]),
  ),
]);

function on(event: string, listener: (payload: unknown) => void): () => void {
  if (!eventNames.some((name) => name === event)) throw new Error(`unknown event ${event}`);
  const forward = (_event: unknown, payload: unknown) => listener(payload);
  ipcRenderer.on(eventChannel(event), forward);
  return () => ipcRenderer.removeListener(eventChannel(event), forward);
}

contextBridge.exposeInMainWorld("rollout", { ...Object.fromEntries(methods), on });
