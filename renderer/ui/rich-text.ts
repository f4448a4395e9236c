export interface RichPart {
  kind: "text" | "code" | "bold";
  text: string;
  /** Position in the source, a stable key. */
  at: number;
}

/** Splits a text at `code` and **bold**. An opening mark without its closing one stays as it is written. */
export function parseRichText(source: string): RichPart[] {
  const parts: RichPart[] = [];
  let end = 0;
  for (const match of source.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)) {
    if (match.index > end) parts.push({ kind: "text", text: source.slice(end, match.index), at: end });
    const code = match[1];
    parts.push(
      code === undefined
        ? { kind: "bold", text: match[2] ?? "", at: match.index }
        : { kind: "code", text: code, at: match.index },
    );
    end = match.index + match[0].length;
  }
  if (end < source.length) parts.push({ kind: "text", text: source.slice(end), at: end });
  return parts;
}
