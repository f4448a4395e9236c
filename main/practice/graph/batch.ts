import { z } from "zod";
import type { GraphResult } from "./call.ts";
import { badRequest } from "./errors.ts";

const limit = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.enum(["GET", "POST", "PATCH", "DELETE"]),
      url: z.string(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).default([]),
    }),
  ),
});

export interface BatchPart {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
}

/** Several requests in one (learn.microsoft.com/graph/json-batching). Errors: GraphFailure. */
export function answerBatch(body: unknown, answer: (part: BatchPart) => GraphResult): GraphResult {
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) throw badRequest("Invalid batch payload format.", "BadRequest");
  const { requests } = parsed.data;
  if (requests.length > limit) {
    throw badRequest(
      `Number of batch request steps exceeds the maximum value of ${limit}.`,
      "MaximumValueExceeded",
    );
  }
  const done = new Map<string, number>();
  const responses = requests.map(({ id, method, url, headers, body: part, dependsOn }) => {
    const failed = dependsOn.some((other) => (done.get(other) ?? 424) >= 400);
    const result: GraphResult = failed
      ? {
          status: 424,
          body: {
            error: { code: "FailedDependency", message: "A request that this one depends on failed." },
          },
        }
      : answer({ method, url, headers: new Headers(headers), body: part });
    done.set(id, result.status);
    return {
      id,
      status: result.status,
      headers: { "Content-Type": "application/json", ...result.headers },
      ...(result.body !== undefined && { body: result.body }),
    };
  });
  return { status: 200, body: { responses } };
}
