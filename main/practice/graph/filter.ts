import { unsupportedQuery } from "./errors.ts";

/** A parsed `$filter`. `advanced`: the operator that needs ConsistencyLevel: eventual and $count=true, if any. */
export interface Filter {
  matches(entity: Readonly<Record<string, unknown>>): boolean;
  advanced: string | null;
}

export interface FilterRules {
  resource: string;
  /** Whether the property exists. */
  known(property: string): boolean;
  /** Properties that can be filtered without the advanced query headers. */
  simple: ReadonlySet<string>;
}

const token =
  /\s*(?:('(?:[^']|'')*')|([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)|([0-9a-f]{8}-[0-9a-f-]{27})|(\(|\)|,|:)|([A-Za-z_@][\w./]*)|(-?\d+))/iy;

type Test = Filter["matches"];

/** Parses and checks `$filter` (learn.microsoft.com/graph/aad-advanced-queries). Errors: GraphFailure. */
export function parseFilter(text: string, rules: FilterRules): Filter {
  const tokens = tokenize(text);
  let at = 0;
  let advanced: string | null = null;

  const invalid = () => unsupportedQuery(`Invalid filter clause: ${text}`);
  const peek = () => tokens[at];
  const next = () => {
    const found = tokens[at];
    if (found === undefined) throw invalid();
    at += 1;
    return found;
  };
  const expect = (wanted: string) => {
    if (next().toLowerCase() !== wanted) throw invalid();
  };

  function property(name: string): string {
    if (!rules.known(name)) {
      throw unsupportedQuery(
        `Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${rules.resource}'.`,
      );
    }
    if (!rules.simple.has(name)) {
      throw unsupportedQuery(
        `Unsupported or invalid query filter clause specified for property '${name}' of resource '${rules.resource.charAt(0).toUpperCase()}${rules.resource.slice(1)}'.`,
      );
    }
    return name;
  }

  function disjunction(): Test {
    let left = conjunction();
    while (peek()?.toLowerCase() === "or") {
      next();
      const [a, b] = [left, conjunction()];
      left = (entity) => a(entity) || b(entity);
    }
    return left;
  }

  function conjunction(): Test {
    let left = unary();
    while (peek()?.toLowerCase() === "and") {
      next();
      const [a, b] = [left, unary()];
      left = (entity) => a(entity) && b(entity);
    }
    return left;
  }

  function unary(): Test {
    const first = next();
    const word = first.toLowerCase();
    if (first === "(") {
      const inner = disjunction();
      expect(")");
      return inner;
    }
    if (word === "not") {
      advanced = word;
      const inner = unary();
      return (entity) => !inner(entity);
    }
    if ((word === "startswith" || word === "endswith") && peek() === "(") return affix(word);
    if (first.endsWith("/any")) return any(first.slice(0, -"/any".length));
    return comparison(property(first));
  }

  function affix(word: "startswith" | "endswith"): Test {
    expect("(");
    const name = property(next());
    expect(",");
    const wanted = String(literal(next())).toLowerCase();
    expect(")");
    if (word === "endswith") advanced = "endsWith";
    return (entity) => {
      const value = textOf(entity[name]).toLowerCase();
      return word === "startswith" ? value.startsWith(wanted) : value.endsWith(wanted);
    };
  }

  function any(path: string): Test {
    const name = property(path);
    expect("(");
    const variable = next();
    expect(":");
    if (next() !== variable) throw invalid();
    expect("eq");
    const wanted = literal(next());
    expect(")");
    return (entity) => {
      const value = entity[name];
      return Array.isArray(value) && value.some((item) => same(item, wanted));
    };
  }

  function comparison(name: string): Test {
    const operator = next().toLowerCase();
    if (operator === "in") {
      expect("(");
      const wanted = [literal(next())];
      while (peek() === ",") {
        next();
        wanted.push(literal(next()));
      }
      expect(")");
      return (entity) => wanted.some((value) => same(entity[name], value));
    }
    const wanted = literal(next());
    switch (operator) {
      case "eq":
        return (entity) => same(entity[name], wanted);
      case "ne":
        advanced = operator;
        return (entity) => !same(entity[name], wanted);
      case "ge":
        return (entity) => textOf(entity[name]) >= String(wanted);
      case "le":
        return (entity) => textOf(entity[name]) <= String(wanted);
      default:
        throw invalid();
    }
  }

  function literal(word: string): unknown {
    if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (/^\d/.test(word) || word.startsWith("-") || /^[0-9a-f]{8}-/i.test(word)) return word;
    throw invalid();
  }

  function tokenize(source: string): string[] {
    const words: string[] = [];
    token.lastIndex = 0;
    while (source.slice(token.lastIndex).trim() !== "") {
      const match = token.exec(source);
      if (match === null) throw unsupportedQuery(`Invalid filter clause: ${source}`);
      words.push(match[0].trim());
    }
    return words;
  }

  const matches = disjunction();
  if (at !== tokens.length) throw invalid();
  return { matches, advanced };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Directory strings compare without case. */
function same(value: unknown, wanted: unknown): boolean {
  if (typeof value === "string" && typeof wanted === "string")
    return value.toLowerCase() === wanted.toLowerCase();
  return (value ?? null) === wanted;
}
