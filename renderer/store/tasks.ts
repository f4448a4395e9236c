import { useEffect } from "react";
import type { TaskProgress } from "../../preload/model/app.ts";
import { rollout, succeeded } from "./api.ts";
import { pageState } from "./page-state.ts";

const store = pageState<{ tasks: ReadonlyMap<string, TaskProgress> }>(() => ({ tasks: new Map() }));

/** A new name for long work. */
export function newTask(): string {
  return crypto.randomUUID();
}

/** What main last said about long work, or null. */
export function useTask(task: string | null): TaskProgress | null {
  useEffect(() => {
    if (task === null) return undefined;
    return () => forgetTask(task);
  }, [task]);
  return store((state) => (task === null ? null : (state.tasks.get(task) ?? null)));
}

export function noteTask(progress: TaskProgress): void {
  store.setState(({ tasks }) => ({ tasks: new Map(tasks).set(progress.task, progress) }));
}

export function forgetTask(task: string): void {
  store.setState(({ tasks }) => {
    const rest = new Map(tasks);
    rest.delete(task);
    return { tasks: rest };
  });
}

/** Asks main to stop long work. */
export async function cancelTask(task: string): Promise<void> {
  await succeeded(rollout().certificates.cancel({ task }));
}
