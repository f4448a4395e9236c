/** A request as the fault plan and the record of calls know it. */
export interface Call {
  /** Counted from 1. */
  number: number;
  service: "login" | "graph" | "exchange" | "portal";
  method: string;
  /** Path with query, percent-decoded, without host. */
  path: string;
}

/** How a call fails. */
export type Fault =
  /** 429 with Retry-After. */
  | { kind: "throttled"; retryAfterSeconds: number }
  /** 503; with Retry-After where given. */
  | { kind: "unavailable"; retryAfterSeconds?: number }
  /** Nobody listens: nothing was sent. */
  | { kind: "refused" }
  /** The connection broke before the service acted. */
  | { kind: "lost-before" }
  /** The service acted, but its answer was lost. */
  | { kind: "lost-after" }
  /** 404, as for an object that is not known everywhere yet. */
  | { kind: "not-found" }
  /** 401 for an expired token; with a claims challenge where given (JSON). */
  | { kind: "unauthorized"; claims?: string }
  | { kind: "forbidden" }
  | { kind: "internal" };

export interface FaultRule {
  on: (call: Call) => boolean;
  fault: Fault;
  /** How many calls it hits; without end when left out. */
  times?: number;
}

export interface FaultPlan {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for this call, counted as used. */
  take(call: Call): Fault | null;
}

export function createFaultPlan(): FaultPlan {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      rules = [];
    },
    take(call) {
      const found = rules.find(({ rule, left }) => left > 0 && rule.on(call));
      if (found === undefined) return null;
      found.left -= 1;
      return found.rule.fault;
    },
  };
}

/** A network failure in the form in which `fetch` rejects. */
export function networkError(code: "ECONNREFUSED" | "ECONNRESET"): TypeError {
  const cause = Object.assign(
    new Error(code === "ECONNREFUSED" ? "connect ECONNREFUSED" : "read ECONNRESET"),
    {
      code,
    },
  );
  return new TypeError("fetch failed", { cause });
}
