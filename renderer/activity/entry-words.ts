import i18next from "i18next";
import type { ActivityEntry } from "../../preload/model/setup.ts";
import type { Translate } from "../i18n.ts";

/** What an entry says, in the app's language. A kind without words shows its own name. */
export function entryWords(entry: ActivityEntry, t: Translate): string {
  const { field, cloud, profile, changeKind, phase, fact, cause } = entry.details;
  return kindWords(entry.kind, t, {
    ...entry.details,
    ...(field === undefined ? {} : { field: known(`fields.${field}.label`, t) ?? field }),
    ...(cloud === undefined ? {} : { cloud: known(`clouds.${cloud}.name`, t) ?? cloud }),
    ...(profile === undefined
      ? {}
      : {
          profile:
            known(`activity.profiles.${profile}`, t) ?? known(`tenant.profile.${profile}`, t) ?? profile,
        }),
    ...(changeKind === undefined
      ? {}
      : { changeKind: known(`tenant.changes.${changeKind}`, t) ?? changeKind }),
    ...(phase === undefined ? {} : { phase: known(`activity.phases.${phase}`, t) ?? phase }),
    ...(fact === undefined ? {} : { fact: known(`tenant.facts.names.${fact}`, t) ?? fact }),
    ...(cause === undefined ? {} : { cause: known(`dryRun.causes.${cause}.title`, t) ?? cause }),
  });
}

/** `entryWords` for search: those of ten thousand entries take a second, so each is looked up once. */
export function rememberedWords(t: Translate): (entry: ActivityEntry) => string {
  const seen = new WeakMap<ActivityEntry, string>();
  return (entry) => {
    const words = seen.get(entry) ?? entryWords(entry, t);
    seen.set(entry, words);
    return words;
  };
}

/** The general words for a kind, for the filter. */
export function kindLabel(kind: string, t: Translate): string {
  return known(`activity.kindLabels.${kind}`, t) ?? kindWords(kind, t, {});
}

function kindWords(kind: string, t: Translate, details: Record<string, string | number>): string {
  const key = `activity.kinds.${kind}`;
  return i18next.exists(key) ? t(key, details) : kind;
}

function known(key: string, t: Translate): string | null {
  return i18next.exists(key) ? t(key) : null;
}
