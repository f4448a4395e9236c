import type { DryRunView, LightView } from "../../preload/model/exchange.ts";
import type { Translate } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";

/** Why a light is not on, in a few words and with what to do. Null when it is on. */
export function causeWords(light: LightView, t: Translate): { title: string; help: string } | null {
  const { cause, pending, params } = light;
  if (cause === null) return null;
  const title = t(`dryRun.causes.${cause}.title`, params);
  if (pending === null) return { title, help: t(`dryRun.causes.${cause}.help`, params) };
  const { at = "" } = params;
  return { title, help: t(`dryRun.notYet.${pending}`, { when: formatWhen(String(at)) }) };
}

/** The first thing that stands in the way, as a title; empty when nothing does. */
export function obstacleTitle({ lights }: DryRunView, t: Translate): string {
  const first = lights.find(({ result, cause }) => result !== "satisfied" && cause !== "role-not-in-token");
  return first === undefined ? "" : (causeWords(first, t)?.title ?? "");
}
