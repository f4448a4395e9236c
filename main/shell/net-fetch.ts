import { net } from "electron";

/**
 * `fetch` over Chromium's network: the system's proxy settings with PAC, and the system's certificate store.
 * Node's own has neither.
 */
export function netFetch(url: string, init?: RequestInit): Promise<Response> {
  return net.fetch(url, init);
}
