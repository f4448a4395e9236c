import { contract } from "../contract.ts";

/**
 * The methods of each area. The build puts the names themselves in the place of this module: every page would
 * otherwise make all schemas of the contract, which only main needs.
 */
export const methodNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(contract).map(([area, methods]) => [area, Object.keys(methods)]),
);
