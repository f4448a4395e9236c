import { randomBytes } from "node:crypto";
import { createCodec } from "../codec.ts";
import { createPreloadWorld } from "./preload-world.ts";
import type { KeyPress } from "./preload-world.ts";
import { drawMenu } from "./menu-overlay.ts";
import { linkWorlds } from "./worlds.ts";

export const preloadWorldName = "Electron Isolated Context";
export const bindingName = "__standIn";
/** The preload world's variable that holds what Node may call. */
export const worldVariable = "__standInWorld";

export interface PageScripts {
  /** Runs in the page's own world before its first script. */
  page: string;
  /** Runs in the preload's isolated world. */
  preload: string;
}

/** The two scripts that make a page an Electron renderer with this preload. */
export function pageScripts(preloadSource: string, accelerators: (KeyPress | null)[]): PageScripts {
  const secret = randomBytes(16).toString("hex");
  const onlyTop = "if (window.top !== window.self) return;";
  const setup = {
    secret,
    binding: bindingName,
    accelerators,
    process: {
      platform: process.platform,
      arch: process.arch,
      type: "renderer",
      sandboxed: true,
      contextIsolated: true,
      env: {},
    },
  };
  return {
    page: `(() => { ${onlyTop}
      const link = (${linkWorlds.toString()})(${JSON.stringify(secret)}, true);
      const { open } = { open(url = "") { link.send("open", { url: new URL(url, location.href).href }); return null; } };
      Object.defineProperty(window, "open", { configurable: true, writable: true, value: open });
    })();`,
    preload: `(() => { ${onlyTop}
      globalThis.${worldVariable} = (${createPreloadWorld.toString()})(
        ${JSON.stringify(setup)}, ${createCodec.toString()}, ${linkWorlds.toString()}, ${drawMenu.toString()},
        function (require, module, exports, process) {\n${preloadSource}\n});
    })();`,
  };
}
