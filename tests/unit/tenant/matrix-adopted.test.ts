import { describe } from "vitest";
import { testMatrix } from "./matrix.ts";

describe("a tenant with an application that others made and use", () => {
  testMatrix("adopted");
});
