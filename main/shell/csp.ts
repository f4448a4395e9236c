/** Directives of a content security policy, in the order they are sent. */
export type Policy = Readonly<Record<string, readonly string[]>>;

/**
 * What the app's own page may do: run and show what came with the app, and nothing else. It needs no network,
 * because main does all of that; Trusted Types are on and no policy may be made, so that no string ever
 * becomes markup or script.
 */
export const productionPolicy: Policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  "connect-src": ["'none'"],
  "frame-src": ["'none'"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
  "require-trusted-types-for": ["'script'"],
  "trusted-types": ["'none'"],
};

/**
 * The policy for Vite's development server (`npm run dev`). It differs in what hot reload needs: inline script
 * and style, the server's web socket, and no Trusted Types.
 */
export function developmentPolicy(devUrl: string): Policy {
  const server = new URL(devUrl);
  const kept = Object.entries(productionPolicy).filter(
    ([directive]) => directive !== "require-trusted-types-for" && directive !== "trusted-types",
  );
  return {
    ...Object.fromEntries(kept),
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "connect-src": ["'self'", `ws://${server.host}`],
  };
}

/** The policy as the value of the header `Content-Security-Policy`. */
export function policyHeader(policy: Policy): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
