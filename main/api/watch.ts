import type { Handlers } from "../../preload/contract.ts";
import type { TenantWatch } from "../tenant/watch.ts";

/** Verifying all setups in one go. */
export function watchHandlers(watch: TenantWatch): Handlers["watch"] {
  return {
    view: async () => watch.view(),
    run: async () => {
      await watch.run();
      return watch.view();
    },
    cancel: async () => {
      watch.cancel();
      return watch.view();
    },
  };
}
