import { describe } from "vitest";
import { testMatrix } from "./matrix.ts";

describe("an empty tenant", () => {
  testMatrix("fresh");
});
