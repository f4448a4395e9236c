import { app } from "electron";

const limitMilliseconds = 3_000;

/** Before the app ends it does `lastWork`, but no longer than three seconds. */
export function beforeQuit(lastWork: () => Promise<unknown>): void {
  let state: "running" | "finishing" | "finished" = "running";
  app.on("before-quit", (event) => {
    if (state === "finished") return;
    event.preventDefault();
    if (state === "finishing") return;
    state = "finishing";
    const limit = new Promise((resolve) => setTimeout(resolve, limitMilliseconds));
    void Promise.race([lastWork().catch(() => undefined), limit]).then(() => {
      state = "finished";
      app.quit();
    });
  });
}
