import type { ErrorView } from "../../preload/model/errors.ts";
import { proxyInUse, proxyModes, proxyProblem } from "../../preload/model/proxy.ts";
import type { ProxyText } from "../../preload/model/proxy.ts";
import { useT } from "../i18n.ts";
import type { Translate } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { applyInfo, saveSettings, useInfo } from "../store/app.ts";
import { useSavedValue } from "../store/saved-value.ts";
import type { SavedValue } from "../store/saved-value.ts";
import { Segmented, TextField } from "../ui/index.ts";
import styles from "./settings.module.css";

const unusable: ErrorView = { code: "invalid-input", messageKey: "errors.invalid-input", details: {} };
const textNames = { proxyAddress: "address", proxyExceptions: "exceptions", proxyPac: "pac" } as const;

/** Through which proxy the app reaches the network. Applies as it is typed. */
export function ProxyFields() {
  const t = useT();
  const { settings } = useInfo();
  const { proxyMode } = settings;
  const applies = proxyInUse(settings) === proxyMode;
  return (
    <>
      <Segmented
        label={t("settings.proxy.label")}
        help={t(applies ? `settings.proxy.means.${proxyMode}` : "settings.proxy.none")}
        value={proxyMode}
        onChange={(mode) => void saveSettings({ proxyMode: mode })}
        options={proxyModes.map((id) => ({ id, label: t(`settings.proxy.modes.${id}`) }))}
      />
      {proxyMode === "address" ? (
        <div className={styles.fields}>
          <ProxyTextField name="proxyAddress" />
          <ProxyTextField name="proxyExceptions" />
        </div>
      ) : null}
      {proxyMode === "pac" ? <ProxyTextField name="proxyPac" /> : null}
      <p className={styles.remark}>{t("settings.proxy.scope")}</p>
    </>
  );
}

function ProxyTextField({ name }: { name: ProxyText }) {
  const t = useT();
  const saved = useInfo().settings[name];
  const typed = useSavedValue(name, saved, async (text) => {
    if (proxyProblem(name, text) !== null) return unusable;
    const result = await attempt(rollout().app.saveSettings({ [name]: text }));
    if (!result.ok) return result.error;
    await applyInfo(result.value);
    return null;
  });
  return (
    <TextField
      label={t(`settings.proxy.${textNames[name]}.label`)}
      help={t(`settings.proxy.${textNames[name]}.help`)}
      value={typed.text}
      onChange={typed.change}
      onBlur={typed.flush}
      problem={problemOf(name, typed, saved, t)}
      maxLength={2_000}
      monospace
    />
  );
}

/** Why a text was not saved, and what applies in the meantime. */
function problemOf(
  name: ProxyText,
  { text, failure }: Pick<SavedValue, "text" | "failure">,
  saved: string,
  t: Translate,
): string {
  if (failure === null) return "";
  const found = proxyProblem(name, text);
  if (found !== null) {
    const problem = t(`settings.proxy.problems.${found.problem}`, { word: found.word });
    return saved === "" ? problem : `${problem} ${t("settings.proxy.still", { text: saved })}`;
  }
  // What was wrong is mended and will be saved after a pause in typing.
  return failure === unusable ? "" : t(`${failure.messageKey}.title`, failure.details);
}
