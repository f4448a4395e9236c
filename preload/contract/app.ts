import { z } from "zod";
import type { AppInfo, Settings } from "../model/app.ts";
import { languages, textSizes, themes } from "../model/app.ts";
import type { DoctorView } from "../model/doctor.ts";
import { cloudIds } from "../model/guide.ts";
import { proxyModes, proxyProblem } from "../model/proxy.ts";
import type { ProxyText } from "../model/proxy.ts";
import type { SetupSecrets } from "../model/secrets.ts";
import { signInMethods } from "../model/tenant.ts";
import type { Chosen } from "./method.ts";
import { longText, method, nothing, setupId, text, trashEntry } from "./method.ts";

const proxyText = (name: ProxyText) => text.refine((given) => proxyProblem(name, given) === null);

export const appArea = {
  info: method(nothing).returns<AppInfo>(),
  saveSettings: method(
    z
      .object({
        language: z.enum(languages),
        theme: z.enum(themes),
        textSize: z.literal(textSizes),
        person: text,
        clipboardSeconds: z.literal([15, 30, 60, 120]),
        keepPasswords: z.boolean(),
        reminders: z.boolean(),
        signInMethod: z.enum(signInMethods),
        cloud: z.enum(cloudIds),
        proxyMode: z.enum(proxyModes),
        proxyAddress: proxyText("proxyAddress"),
        proxyExceptions: proxyText("proxyExceptions"),
        proxyPac: proxyText("proxyPac"),
      } satisfies Record<keyof Settings, z.ZodType>)
      .partial(),
  ).returns<AppInfo>(),
  copyText: method(z.object({ text: longText })).returns<null>(),
  retryVault: method(nothing).returns<AppInfo>(),
  /** Starts with a new vault key; files sealed with the old one stay where they are. */
  renewVault: method(nothing).returns<AppInfo>(),
  saveDiagnostics: method(nothing).returns<Chosen<{ path: string }>>(),
  showUserData: method(nothing).returns<null>(),
} as const;

export const doctorArea = {
  view: method(nothing).returns<DoctorView>(),
  /** Tries the hosts of a cloud; answers when it is over. `changed` with null tells of progress. */
  run: method(z.object({ cloud: z.enum(cloudIds) })).returns<DoctorView>(),
  /** Copies what was found as a text. */
  copy: method(nothing).returns<null>(),
} as const;

/** Whose secrets: with `deleted` those that went to the trash with the setup. */
const ofSecrets = { setupId, deleted: trashEntry.optional() };

export const secretsArea = {
  /** What is kept, never the secrets themselves. */
  list: method(nothing).returns<SetupSecrets[]>(),
  remove: method(z.object({ ...ofSecrets, id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/) })).returns<
    SetupSecrets[]
  >(),
  removeAll: method(z.object(ofSecrets)).returns<SetupSecrets[]>(),
} as const;
