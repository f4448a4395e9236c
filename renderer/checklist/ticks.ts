import { useState } from "react";
import type { PermissionId } from "../../preload/model/guide.ts";
import { permissionIds } from "../../preload/model/guide.ts";

interface Ticks {
  has: (id: PermissionId) => boolean;
  set: (id: PermissionId, on: boolean) => void;
}

function storageKey(setupId: string): string {
  return `permission-ticks:${setupId}`;
}

function read(setupId: string): PermissionId[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(setupId)) ?? "[]");
    return Array.isArray(stored) ? permissionIds.filter((id) => stored.includes(id)) : [];
  } catch {
    return [];
  }
}

/**
 * Which permissions the user has ticked off while entering them in the portal. A reading aid of this window, no
 * evidence; so it stays here and never reaches the setup.
 */
export function useTicks(setupId: string): Ticks {
  const [ticked, setTicked] = useState(() => read(setupId));
  return {
    has: (id) => ticked.includes(id),
    set: (id, on) => {
      const next = permissionIds.filter((one) => (one === id ? on : ticked.includes(one)));
      setTicked(next);
      try {
        localStorage.setItem(storageKey(setupId), JSON.stringify(next));
      } catch {
        // Without storage the ticks last as long as the window.
      }
    },
  };
}
