import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { networkInterfaces } from "node:os";
import { dirname } from "node:path";
import { ClientRequest } from "./client-request.ts";
import { guard, knownEvent } from "./guard.ts";
import type { Session } from "./session.ts";
import { displayOf } from "./theme.ts";
import type { NativeTheme } from "./theme.ts";

/** Lets the desktop open an address, a file or a folder; gives "" or what went wrong. */
function openWithDesktop(target: string): Promise<string> {
  const commands: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ["open", [target]],
    win32: ["rundll32", ["url.dll,FileProtocolHandler", target]],
  };
  const [command, args] = commands[process.platform] ?? ["xdg-open", [target]];
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.on("error", (error) => resolve(`${command}: ${error.message}`));
    child.on("spawn", () => resolve(""));
    child.unref();
  });
}

/** Electron's shell. */
export const shell = guard("shell", {
  openExternal: async (url: string) => {
    const problem = await openWithDesktop(url);
    if (problem) throw new Error(problem);
  },
  openPath: (path: string) => openWithDesktop(path),
  showItemInFolder: (path: string) => void openWithDesktop(dirname(path)),
  beep: () => void process.stdout.write("\u0007"),
});

/** Electron's net over the default session; Node's fetch knows neither the system's proxy nor its certificates. */
export function createNet(session: Session) {
  const send = (...args: Parameters<typeof fetch>) => session.fetch(...args);
  return guard("net", {
    fetch: send,
    request: (options: ConstructorParameters<typeof ClientRequest>[0]) => new ClientRequest(options, send),
    isOnline: () =>
      Object.values(networkInterfaces())
        .flat()
        .some((address) => address?.internal === false),
    get online() {
      return this.isOnline();
    },
  });
}

class PowerMonitor extends EventEmitter {
  override on(name: string, listener: (...args: never[]) => void): this {
    const events = [
      "suspend",
      "resume",
      "on-ac",
      "on-battery",
      "shutdown",
      "lock-screen",
      "unlock-screen",
      "user-did-become-active",
      "user-did-resign-active",
    ];
    knownEvent("powerMonitor", events, name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }
  getSystemIdleTime(): number {
    return 0;
  }
}
export const powerMonitor = guard("powerMonitor", new PowerMonitor());

/** Electron's Notification; the stand-in shows none and says so. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return false;
  }
  show(): void {}
  close(): void {}
}

/** Electron's screen and systemPreferences, from what the browser knows of the desktop. */
export function createScreen(theme: NativeTheme) {
  const display = () => displayOf(theme.appearance);
  class Screen extends EventEmitter {
    override on(name: string, listener: (...args: never[]) => void): this {
      knownEvent("screen", ["display-added", "display-removed", "display-metrics-changed"], name);
      return super.on(name, listener as (...args: unknown[]) => void);
    }
    getAllDisplays = () => [display()];
    getPrimaryDisplay = display;
    getDisplayMatching = display;
    getDisplayNearestPoint = display;
  }
  class SystemPreferences extends EventEmitter {
    override on(name: string, listener: (...args: never[]) => void): this {
      knownEvent("systemPreferences", ["accent-color-changed", "color-changed"], name);
      return super.on(name, listener as (...args: unknown[]) => void);
    }
    getAccentColor = () => theme.appearance?.accent ?? "";
    accentColor = "";
    getAnimationSettings = () => ({
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: true,
      prefersReducedMotion: false,
    });
    subscribeNotification = () => 0;
  }
  return {
    screen: guard("screen", new Screen()),
    systemPreferences: guard("systemPreferences", new SystemPreferences()),
  };
}
