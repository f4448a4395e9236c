import type { DryRunView } from "../../preload/model/exchange.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { LikelyCause, LikelyReason } from "../../preload/model/setup.ts";

interface Sign {
  reason: LikelyReason;
  /** Words of Microsoft, .NET, Java and the practice portal, in English or German. */
  pattern: RegExp;
  steps: readonly StepId[];
}

/** Codes are whole numbers: AADSTS90002 must not be found in AADSTS900023. */
const codes = (...numbers: number[]) => new RegExp(`AADSTS(${numbers.join("|")})(?!\\d)`, "i");

/**
 * Signs in an error text, the most telling first. Codes and sentences as in Microsoft's reference of AADSTS codes,
 * "App-only authentication" for Exchange Online, and the .NET and Java libraries that open PFX files.
 */
const signs: readonly Sign[] = [
  {
    reason: "password",
    pattern:
      /network password is not correct|password (does not|doesn.t) open|(keystore|pfx).*password.*(incorrect|wrong|invalid)|(incorrect|wrong|invalid) password|mac verify|kennwort.*(öffnet|falsch|nicht korrekt|ungültig)|(falsches|ungültiges) kennwort/i,
    steps: ["certificate"],
  },
  {
    reason: "certificate-dates",
    pattern:
      /AADSTS1000502(?!\d)|certificate.*(has expired|not valid yet|not yet valid)|zertifikat.*(abgelaufen|noch nicht gültig)/i,
    steps: ["certificate"],
  },
  {
    reason: "certificate-not-uploaded",
    pattern:
      /AADSTS(700027|50012)(?!\d)|certificate.*(not registered|not uploaded)|zertifikat.*nicht (bei .* )?(hochgeladen|registriert)/i,
    steps: ["upload-certificate", "certificate"],
  },
  {
    reason: "pfx",
    pattern:
      /keyset does not exist|cannot find the requested object|invalid provider type|private key|not a pfx|no pfx|pfx file|pkcs ?#?12|privater? schlüssel|private(r|n)? schlüssel|pfx-datei/i,
    steps: ["certificate"],
  },
  {
    reason: "clock",
    pattern: /AADSTS(500133|50013|50027)(?!\d)|time of this computer|uhr(zeit)? dieses computers/i,
    steps: [],
  },
  {
    reason: "application-id",
    pattern:
      /AADSTS(700016|7000229)(?!\d)|no application with this id|no enterprise application|ConnectAppID|keine (unternehmens)?anwendung|fehlt die unternehmensanwendung/i,
    steps: ["application-ids", "register-application"],
  },
  {
    reason: "tenant-id",
    pattern:
      /AADSTS(90002|90038|900382|900432|900023)(?!\d)|no tenant has this id|kein(en)? mandant|TenantID/i,
    steps: ["application-ids"],
  },
  {
    reason: "application-disabled",
    pattern: /AADSTS7000112(?!\d)|sign-in is disabled|anmeldung.*(deaktiviert|gesperrt)/i,
    steps: ["create-application"],
  },
  { reason: "public-client", pattern: codes(700025), steps: ["register-application"] },
  { reason: "conditional-access", pattern: codes(53000, 53001, 53002, 53003, 530032, 530035), steps: [] },
  {
    reason: "no-exchange",
    pattern: /AADSTS(500011|650052)(?!\d)|no exchange online|kein exchange online/i,
    steps: ["azure-active-directory"],
  },
  {
    reason: "role",
    pattern:
      /isn.t supported in this scenario|directory role|verzeichnisrolle|exchange.administrator|\b403\b|forbidden/i,
    steps: ["exchange-role"],
  },
  {
    reason: "permission",
    pattern: /AADSTS(65001|650051)(?!\d)|ManageAsApp|admin consent|administratoreinwilligung/i,
    steps: ["admin-consent", "api-permissions"],
  },
  {
    reason: "domain",
    pattern: /no domain of the tenant|keine domäne|TenantDisplay|OrganizationDisplayName/i,
    steps: ["technical-attributes"],
  },
  {
    reason: "unauthorized",
    pattern: /unauthori[sz]ed|access.?denied|\b401\b|zugriff verweigert|nicht autorisiert/i,
    steps: ["exchange-role", "admin-consent"],
  },
  {
    reason: "unreachable",
    pattern:
      /timed? ?out|could not be resolved|unable to connect|connection.*(refused|reset|closed)|didn.t answer|zeitüberschreitung|nicht (erreichbar|geantwortet)|\b50[234]\b/i,
    steps: [],
  },
];

/**
 * Where a failed Rollout probably has its cause, the likeliest first: what the last dry run found, if it tried the
 * present values, then what the portal's words say. Each step once; a cause that no step of the setup mends has none.
 * Empty when nothing is known: then a dry run is the way to find out.
 */
export function likelyCauses(
  text: string,
  dryRun: Pick<DryRunView, "lights" | "outdated"> | null,
): LikelyCause[] {
  const found: LikelyCause[] = [];
  const add = (reason: LikelyReason, step: StepId | null) => {
    const same = found.some((one) => (step === null ? one.reason === reason : one.step === step));
    if (!same) found.push({ reason, step });
  };
  for (const step of refusedAt(dryRun)) add("dry-run", step);
  for (const { reason, steps } of signs.filter(({ pattern }) => pattern.test(text))) {
    if (steps.length === 0) add(reason, null);
    for (const step of steps) add(reason, step);
  }
  return found;
}

/** The steps that mend what the last dry run was refused, as far as it tried the values of today. */
function refusedAt(dryRun: Pick<DryRunView, "lights" | "outdated"> | null): StepId[] {
  if (dryRun === null || dryRun.outdated) return [];
  return dryRun.lights.flatMap(({ result, target }) =>
    result === "unsatisfied" && target !== null ? [target.step] : [],
  );
}
