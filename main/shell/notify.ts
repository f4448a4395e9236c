import { Notification } from "electron";

/** Shows a notification of the operating system where it can; `onClick` brings the app to the front. */
export function notify(text: { title: string; body: string }, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(text);
  notification.on("click", onClick);
  notification.show();
}
