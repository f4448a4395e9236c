import { z } from "zod";
import type { SetupView } from "../model/setup.ts";
import { practiceSamples, profiles, signInMethods } from "../model/tenant.ts";
import type { Chosen } from "./method.ts";
import { method, nothing, ofSetup, password, setupId } from "./method.ts";

export const tenantArea = {
  /**
   * Lets a person sign in; answers when they have, or when it ended otherwise (the view says how). A second call
   * ends the first. `chooseAccount` shows the account picker even when one account is signed in in the browser.
   */
  signIn: method(
    z.object({
      setupId,
      /** Without it, the way chosen in the settings. */
      method: z.enum(signInMethods).optional(),
      chooseAccount: z.boolean(),
      /** Signs in to the setup's own tenant although the account's home is another one. */
      guest: z.boolean().default(false),
    }),
  ).returns<SetupView>(),
  cancelSignIn: method(ofSetup).returns<SetupView>(),
  /** Forgets account and tokens, on the disk too. */
  signOut: method(ofSetup).returns<SetupView>(),
  /** Goes on as another account that is signed in already. */
  useAccount: method(z.object({ setupId, accountId: z.string().max(400) })).returns<SetupView>(),
  /** Application ID of the client that signs in; empty for the default one. Signs out. */
  setClientId: method(
    z.object({ setupId, clientId: z.union([z.literal(""), z.guid()]) }),
  ).returns<SetupView>(),
  setProfile: method(z.object({ setupId, profile: z.enum(profiles) })).returns<SetupView>(),
  /**
   * Reads the tenant, verifies every step, and plans. `quiet`: only with what is signed in and agreed to already,
   * for reading again on focus; otherwise the browser may open for permissions to read.
   */
  check: method(z.object({ setupId, quiet: z.boolean() })).returns<SetupView>(),
  /** Makes an existing application the setup's own, after its differences were shown. */
  takeOver: method(z.object({ setupId, appId: z.guid() })).returns<SetupView>(),
  /** Allows a new application beside others of the same name. */
  createBeside: method(ofSetup).returns<SetupView>(),
  /** Carries out the plan that was shown, and nothing beyond it; answers when it ended. */
  apply: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
  /** Takes back what this app made, as the shown undo plan says. */
  undo: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
  /** Takes one key out of Entra during an exchange of the certificate, as the shown plan says. */
  removeKey: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
  /** Stops between two changes. */
  cancelWork: method(ofSetup).returns<SetupView>(),
  /** Opens the page on which the device code is typed. */
  openDeviceLogin: method(ofSetup).returns<null>(),
  /** Writes a request for a colleague: a file for this app and a page for the browser. */
  prepareRequest: method(ofSetup).returns<Chosen<{ path: string; view: SetupView }>>(),
  /** Opens a colleague's request file: a setup whose plan is limited to it. */
  openRequest: method(nothing).returns<Chosen<{ setupId: string }>>(),
} as const;

export const practiceArea = {
  /** A setup with a practice tenant of its own. */
  create: method(z.object({ sample: z.enum(practiceSamples) })).returns<SetupView>(),
  /** Puts the practice tenant back to how it began. */
  reset: method(ofSetup).returns<SetupView>(),
} as const;

export const dryRunArea = {
  /**
   * Connects as the application with the saved PFX, and only reads; answers when the first attempt ended. Without
   * `password` the kept one is taken. Further attempts follow by themselves while the tenant has to catch up.
   */
  run: method(z.object({ setupId, password: password.optional() })).returns<SetupView>(),
  /** Ends the attempt under way and the wait for the next one. */
  stop: method(ofSetup).returns<SetupView>(),
} as const;
