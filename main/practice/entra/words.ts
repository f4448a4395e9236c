/** The words of the sign-in pages. They stand in for Microsoft's, hence not in the app's locale files. */
const english = {
  practice: "Practice tenant: nothing here is real, no password is asked.",
  pick: "Pick an account",
  to: "to sign in to {app}",
  roles: "Roles: {roles}",
  noRoles: "No directory role",
  blocked: "Blocked by conditional access",
  permissions: "Permissions requested",
  wants: "{app} would like to:",
  forAll: "Consent on behalf of your organization",
  accept: "Accept",
  cancel: "Cancel",
  approval: "Need admin approval",
  approvalText:
    "{app} needs permission to access resources in your organization that only an admin can grant.",
  cannot: "You cannot access this right now",
  cannotText: "Your sign-in was successful but does not meet the criteria to access this resource.",
  sorry: "Sorry, but we're having trouble signing you in.",
  back: "Back to the app",
  working: "Working…",
  proceed: "Continue",
  code: "Enter the code that is displayed on your app",
  codeWrong: "That code didn't work. Check the code and try again.",
  next: "Next",
  confirm: "Are you trying to sign in to {app}?",
  signedIn: "You have signed in to {app}. You may now close this window.",
  declined: "You declined the request. You may now close this window.",
  signedOut: "You signed out of your account.",
  granted: "Admin consent was granted to {app}.",
  notAllowed: "Your roles do not allow this consent: {roles} is needed.",
};

const german: typeof english = {
  practice: "Übungsmandant: nichts hier ist echt, ein Kennwort wird nicht verlangt.",
  pick: "Konto auswählen",
  to: "zur Anmeldung bei {app}",
  roles: "Rollen: {roles}",
  noRoles: "Keine Verzeichnisrolle",
  blocked: "Durch bedingten Zugriff gesperrt",
  permissions: "Angeforderte Berechtigungen",
  wants: "{app} möchte:",
  forAll: "Zustimmung im Namen Ihrer Organisation",
  accept: "Akzeptieren",
  cancel: "Abbrechen",
  approval: "Administratorgenehmigung erforderlich",
  approvalText:
    "{app} benötigt eine Berechtigung für Ressourcen Ihrer Organisation, die nur ein Administrator erteilen kann.",
  cannot: "Zugriff zurzeit nicht möglich",
  cannotText: "Ihre Anmeldung war erfolgreich, erfüllt aber nicht die Bedingungen für diese Ressource.",
  sorry: "Bei der Anmeldung ist leider ein Problem aufgetreten.",
  back: "Zurück zur App",
  working: "Einen Moment …",
  proceed: "Weiter",
  code: "Geben Sie den Code ein, den Ihre App anzeigt",
  codeWrong: "Dieser Code ist ungültig. Prüfen Sie ihn und versuchen Sie es erneut.",
  next: "Weiter",
  confirm: "Möchten Sie sich bei {app} anmelden?",
  signedIn: "Sie sind bei {app} angemeldet. Sie können dieses Fenster jetzt schließen.",
  declined: "Sie haben die Anfrage abgelehnt. Sie können dieses Fenster jetzt schließen.",
  signedOut: "Sie haben sich von Ihrem Konto abgemeldet.",
  granted: "Die Administratorzustimmung für {app} wurde erteilt.",
  notAllowed: "Ihre Rollen erlauben diese Zustimmung nicht: Erforderlich ist {roles}.",
};

export type WordKey = keyof typeof english;
export type Say = (key: WordKey, values?: Readonly<Record<string, string>>) => string;

/** The words in the browser's language, English where it is not German. */
export function wordsFor(acceptLanguage: string | null): Say & { language: "en" | "de" } {
  const language = /^\s*de\b/i.test(acceptLanguage ?? "") ? "de" : "en";
  const words = language === "de" ? german : english;
  const say: Say = (key, values = {}) =>
    words[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  return Object.assign(say, { language } as const);
}
