import { z } from "zod";
import type { CallOptions, GetOptions, Graph, GraphAnswer, GraphRequest } from "./graph.ts";
import { TokenError } from "./graph.ts";
import { codeOfAnswer, GraphError } from "./graph-error.ts";
import type { GraphErrorCode, GraphErrorFacts } from "./graph-error.ts";
import type { GraphScope } from "./scopes.ts";

/** So many requests fit into one (learn.microsoft.com/graph/json-batching). */
const limit = 20;

const batchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});
type Part = z.output<typeof batchAnswer>["responses"][number];

const partError = z.object({
  error: z.object({
    code: z.string().default(""),
    message: z.string().default(""),
    innerError: z.object({ "request-id": z.string().optional() }).loose().optional(),
  }),
});

interface Waiting {
  path: string;
  scopes: readonly GraphScope[];
  options: GetOptions;
  /** Null: to be asked for on its own. */
  answer(part: Part | null): void;
}

/**
 * The same Graph with fewer requests: reads that are asked for at the same moment go out together, and so do changes
 * given to `sendTogether`. A part that has to be waited for or repeated is asked for again on its own.
 */
export function inBatches(graph: Graph): Graph & Required<Pick<Graph, "sendTogether">> {
  let waiting: Waiting[] = [];

  function ask(path: string, scopes: readonly GraphScope[], options: GetOptions): Promise<Part | null> {
    return new Promise((resolve) => {
      waiting.push({ path, scopes, options, answer: resolve });
      // One turn later, so that what follows from the same answer goes out together too.
      if (waiting.length === 1) queueMicrotask(() => queueMicrotask(() => void flush()));
    });
  }

  async function flush(): Promise<void> {
    const asked = waiting.slice(0, limit);
    waiting = waiting.slice(limit);
    if (waiting.length > 0) queueMicrotask(() => void flush());
    const parts = asked.length > 1 ? await readParts(asked) : null;
    for (const [index, one] of asked.entries()) one.answer(parts?.get(String(index)) ?? null);
  }

  /** Null when the batch did not come through: everything is asked for on its own then. */
  async function readParts(asked: readonly Waiting[]): Promise<Map<string, Part> | null> {
    const { signal, onWait } = asked[0]?.options ?? {};
    const requests = asked.map(({ path, options }) => ({
      method: "GET" as const,
      path,
      ...(options.headers && { headers: options.headers }),
      scopes: [],
    }));
    const scopes = [...new Set(asked.flatMap((one) => one.scopes))];
    try {
      const answer = await graph.send(batchOf(requests, scopes), {
        ...(signal && { signal }),
        ...(onWait && { onWait }),
      });
      return partsOf(answer);
    } catch (error) {
      if (error instanceof GraphError || error instanceof TokenError) return null;
      // Aborted: each read says so itself.
      return null;
    }
  }

  return {
    send: (request, options) => graph.send(request, options),

    async get(path, schema, scopes, options = {}) {
      const part = await ask(path, scopes, options);
      if (part === null || mustRepeat(part)) return graph.get(path, schema, scopes, options);
      if (part.status >= 400) throw errorOf({ method: "GET", path, scopes }, part, "");
      const parsed = schema.safeParse(part.body);
      return parsed.success ? parsed.data : graph.get(path, schema, scopes, options);
    },

    async list(path, item, scopes, options = {}) {
      const part = await ask(path, scopes, options);
      if (part === null || mustRepeat(part)) return graph.list(path, item, scopes, options);
      if (part.status >= 400) throw errorOf({ method: "GET", path, scopes }, part, "");
      // Further pages belong to the client, which follows them from the first one.
      const page = z.object({ value: z.array(item), "@odata.nextLink": z.undefined().optional() });
      const parsed = page.safeParse(part.body);
      return parsed.success ? parsed.data.value : graph.list(path, item, scopes, options);
    },

    async sendTogether(requests, options = {}) {
      const results: (GraphAnswer | GraphError)[] = [];
      for (let start = 0; start < requests.length; start += limit) {
        results.push(...(await sendPart(graph, requests.slice(start, start + limit), options)));
      }
      return results;
    },
  };
}

/** Errors: TokenError; what Graph says stands in the results, in the order of the requests. */
async function sendPart(
  graph: Graph,
  requests: readonly GraphRequest[],
  options: CallOptions,
): Promise<(GraphAnswer | GraphError)[]> {
  const scopes = [...new Set(requests.flatMap((request) => request.scopes))];
  let answer: GraphAnswer;
  try {
    answer = await graph.send(batchOf(requests, scopes), options);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { code, facts } = error;
    return requests.map(({ method, path }) => new GraphError(code, { ...facts, method, path }, error));
  }
  const parts = partsOf(answer);
  return requests.map((request, index) => {
    const part = parts?.get(String(index));
    if (part === undefined) {
      // Without an answer of its own it may have been carried out.
      return failed("answer-invalid", request, {
        clientRequestId: answer.clientRequestId,
        mayHaveActed: true,
      });
    }
    if (part.status >= 400) return errorOf(request, part, answer.clientRequestId);
    const { requestId, clientRequestId } = answer;
    return { status: part.status, body: part.body ?? null, requestId, clientRequestId };
  });
}

function batchOf(requests: readonly GraphRequest[], scopes: readonly GraphScope[]): GraphRequest {
  return {
    method: "POST",
    path: "/$batch",
    body: {
      requests: requests.map(({ method, path, headers, body }, index) => ({
        id: String(index),
        method,
        url: path,
        ...((headers || body !== undefined) && {
          headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
        }),
        ...(body !== undefined && { body }),
      })),
    },
    scopes,
  };
}

function partsOf(answer: GraphAnswer): Map<string, Part> | null {
  const parsed = batchAnswer.safeParse(answer.body);
  return parsed.success ? new Map(parsed.data.responses.map((part) => [part.id, part])) : null;
}

/** The client's own ways to wait and to renew a token are for single requests. */
function mustRepeat({ status }: Part): boolean {
  return status === 401 || status === 429 || status >= 500;
}

function errorOf(request: GraphRequest, part: Part, clientRequestId: string): GraphError {
  const told = partError.safeParse(part.body);
  const graphCode = told.success ? told.data.error.code : "";
  const text = told.success ? told.data.error.message : "";
  const requestId = told.success ? (told.data.error.innerError?.["request-id"] ?? "") : "";
  const code = codeOfAnswer(part.status, graphCode, text);
  const mayHaveActed = request.method !== "GET" && code === "unavailable";
  return failed(code, request, {
    status: part.status,
    graphCode,
    text,
    requestId,
    clientRequestId,
    mayHaveActed,
  });
}

function failed(code: GraphErrorCode, request: GraphRequest, told: Partial<GraphErrorFacts>): GraphError {
  const { method, path } = request;
  return new GraphError(code, {
    method,
    path,
    status: null,
    graphCode: "",
    text: "",
    requestId: "",
    clientRequestId: "",
    mayHaveActed: false,
    retryAfterMs: null,
    ...told,
  });
}
