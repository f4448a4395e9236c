import { join } from "node:path";
import { createServer } from "vite";
import type { InlineConfig, Plugin } from "vite";
import { developmentPolicy, policyHeader } from "../../main/shell/csp.ts";
import { root } from "../support/project.ts";

export interface DevServer {
  /** Where the page is, with a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/** Serves the page with hot reload, under the app's policy as far as hot reload can live with it. */
export async function startDevServer(options: InlineConfig = {}): Promise<DevServer> {
  let url = "";
  const policy: Plugin = {
    name: "content-security-policy",
    configureServer: ({ middlewares }) =>
      void middlewares.use((_request, response, next) => {
        response.setHeader("Content-Security-Policy", policyHeader(developmentPolicy(url)));
        next();
      }),
  };
  const server = await createServer({
    configFile: join(root, "vite.renderer.config.ts"),
    clearScreen: false,
    plugins: [policy],
    ...options,
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error("The development server has no address on this machine");
  url = address;
  // Transforms what the page will ask for while nobody waits for it.
  await server.warmupRequest("/main.tsx");
  await server.waitForRequestsIdle();
  return { url, close: () => server.close() };
}
