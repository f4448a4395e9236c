import { z } from "zod";
import type { DryRunCause } from "../../preload/model/exchange.ts";
import type { Details } from "./details.ts";
import { details } from "./details.ts";
import type { Answer } from "./read-answer.ts";
import type { Cause } from "./token-cause.ts";
import { causeOfStatus, retryParams } from "./token-cause.ts";

export interface Organization {
  /** Usually the initial domain. */
  name: string;
  displayName: string;
}

const organizationBody = z.object({
  value: z.array(
    z.object({
      Name: z.string().optional(),
      Identity: z.string().optional(),
      DisplayName: z.string().nullable().optional(),
    }),
  ),
});

const errorBody = z.object({
  error: z.object({
    code: z.string().default(""),
    message: z.string().default(""),
    details: z.array(z.object({ message: z.string().default("") })).optional(),
    innererror: z
      .object({ internalexception: z.object({ message: z.string().default("") }).optional() })
      .optional(),
  }),
});

/** What an answer to Get-OrganizationConfig means: the organization, or why there is none. */
export function readOrganization(answer: Answer): { organization: Organization } | Cause {
  const told = wordsIn(answer);
  const failed = (cause: DryRunCause, params: Cause["params"] = {}): Cause => ({
    cause,
    params,
    details: told,
  });
  if (answer.status >= 200 && answer.status < 300) {
    const organization = organizationIn(answer.text);
    if (organization !== null) return { organization };
    return failed(answer.isPage ? "proxy-page" : "answer-invalid");
  }
  const byStatus = causeOfStatus(answer.status, answer.isPage && answer.requestId === "");
  if (byStatus !== null) return failed(byStatus, retryParams(answer.retryAfterMs));
  if (answer.status === 401) return failed("exchange-unauthorized");
  // Microsoft's words for a role that is missing or not known yet (MicrosoftDocs/office-docs-powershell#11332).
  const noRole = /isn't supported in this scenario/i.test(told.text ?? "");
  return failed(answer.status === 403 || noRole ? "exchange-forbidden" : "exchange-error");
}

function organizationIn(text: string): Organization | null {
  const parsed = organizationBody.safeParse(json(text));
  const first = parsed.success ? parsed.data.value[0] : undefined;
  const name = first?.Name ?? first?.Identity ?? "";
  return name === "" ? null : { name, displayName: first?.DisplayName ?? "" };
}

/** The real words lie below the general ones, and begin with a type and a bar. */
function wordsIn(answer: Answer): Details {
  const parsed = errorBody.safeParse(json(answer.text));
  const error = parsed.success ? parsed.data.error : null;
  const inner = error?.innererror?.internalexception?.message ?? "";
  const first = error?.details?.[0]?.message ?? "";
  const text = (inner || first || error?.message || "").replace(/^\|[\w.]+\|/, "");
  return details({
    status: String(answer.status),
    code: error?.code ?? "",
    text,
    diagnostics: answer.diagnostics,
    requestId: answer.requestId,
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
