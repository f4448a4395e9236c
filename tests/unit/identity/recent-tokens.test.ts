import { describe, expect, test } from "vitest";
import { createRecentTokens } from "../../../main/identity/recent-tokens.ts";

const start = Date.UTC(2026, 5, 1);
const minutes = (count: number) => new Date(start + count * 60_000);

function tokensAt() {
  let now = minutes(0);
  return { tokens: createRecentTokens(() => now), setTime: (time: Date) => (now = time) };
}

describe("tokens that the current account got", () => {
  test("are found by their scopes in any order, and not by others", () => {
    const { tokens } = tokensAt();
    tokens.keep(["a", "b"], { accessToken: "of a and b", expiresOn: minutes(60) });
    expect(tokens.find(["b", "a"])).toBe("of a and b");
    expect(tokens.find(["a"])).toBeNull();
    expect(tokens.find(["a", "b", "c"])).toBeNull();
  });

  test("are given until five minutes before their end", () => {
    const { tokens, setTime } = tokensAt();
    tokens.keep(["a"], { accessToken: "token", expiresOn: minutes(60) });
    setTime(new Date(minutes(55).getTime() - 1));
    expect(tokens.find(["a"])).toBe("token");
    setTime(minutes(55));
    expect(tokens.find(["a"])).toBeNull();
  });

  test("give way to a newer one, also to one whose end nobody knows", () => {
    const { tokens } = tokensAt();
    tokens.keep(["a"], { accessToken: "first", expiresOn: minutes(60) });
    tokens.keep(["a"], { accessToken: "second", expiresOn: minutes(60) });
    expect(tokens.find(["a"])).toBe("second");
    tokens.keep(["a"], { accessToken: "third", expiresOn: null });
    expect(tokens.find(["a"])).toBeNull();
  });

  test("are forgotten", () => {
    const { tokens } = tokensAt();
    tokens.keep(["a"], { accessToken: "token", expiresOn: minutes(60) });
    tokens.forget();
    expect(tokens.find(["a"])).toBeNull();
  });
});
