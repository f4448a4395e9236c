import { describe, expect, it } from "vitest";
import { steps } from "../../../main/guide/steps.ts";
import { errorCodes } from "../../../preload/model/errors.ts";
import {
  attributeIds,
  cloudIds,
  fieldIds,
  labelIds,
  linkIds,
  permissionIds,
  sectionIds,
  stepIds,
} from "../../../preload/model/guide.ts";
import { stepStates } from "../../../preload/model/setup.ts";
import german from "../../../renderer/locales/de.json" with { type: "json" };
import english from "../../../renderer/locales/en.json" with { type: "json" };

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe.each([
  ["English", english],
  ["German", german],
])("the guide's texts in %s", (_language, texts) => {
  it("cover every section, cloud, state, basis and API type", () => {
    expect(Object.keys(texts.sections).toSorted()).toEqual([...sectionIds].toSorted());
    expect(Object.keys(texts.clouds).toSorted()).toEqual([...cloudIds].toSorted());
    expect(Object.keys(texts.states).toSorted()).toEqual([...stepStates, "planned"].toSorted());
    expect(Object.keys(texts.basis).toSorted()).toEqual(["confirmed", "imported", "verified"]);
    expect(Object.keys(texts.apiTypes).toSorted()).toEqual(["Application", "Delegated"]);
  });

  it("cover every step with exactly the counted instructions and known errors", () => {
    expect(Object.keys(texts.steps).toSorted()).toEqual([...stepIds].toSorted());
    const parts = steps.map(({ id }) => {
      const { actions, trouble, ...rest } = texts.steps[id];
      const known = Object.values(trouble).map((one) => Object.keys(one).toSorted().join());
      return [id, Object.keys(rest).toSorted(), Object.keys(actions), known];
    });
    const single = ["confirm", "task", "title", "todayPath", "who", "why"];
    expect(parts).toEqual(
      steps.map(({ id, actions, troubles }) => [
        id,
        single,
        numbers(actions),
        numbers(troubles).map(() => "problem,remedy"),
      ]),
    );
  });

  it.each([
    ["labels", labelIds, ["german", "page", "today"]],
    ["permissions", permissionIds, ["means", "why"]],
    ["attributes", attributeIds, ["hint", "means"]],
    ["fields", fieldIds, ["help", "label", "placeholder"]],
    ["links", linkIds, ["label"]],
    ["errors", errorCodes, ["help", "title"]],
  ] as const)("cover all %s and nothing else", (area, ids, parts) => {
    const entries: Record<string, object> = texts[area];
    expect(Object.keys(entries).toSorted()).toEqual([...ids].toSorted());
    const others = Object.entries(entries).filter(
      ([, entry]) => Object.keys(entry).toSorted().join() !== parts.join(),
    );
    expect(others).toEqual([]);
  });

  it("say in errors what to do, even when no detail is known", () => {
    const errors = Object.entries(texts.errors);
    const bare = (help: string) => help.replaceAll(/ ?\{\{\w+\}\}/g, "");
    expect(errors.filter(([, { help }]) => !/[\p{L}\d“”]\.$/u.test(bare(help)))).toEqual([]);
    expect(errors.filter(([, { title }]) => /\{\{|\.$/.test(title))).toEqual([]);
  });
});
