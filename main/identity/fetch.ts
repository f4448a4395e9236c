/** The `fetch` that services get: Electron's `net.fetch` in the app, the practice tenant or a model in tests. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;
