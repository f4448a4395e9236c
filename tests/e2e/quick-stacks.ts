/**
 * Playwright notes the stack at each of its steps and looks up every line of it, for files that it has translated.
 * Node reads ours as they are, so V8's own stacks say the same; looking up was an eighth of the tests' own time.
 */
Reflect.deleteProperty(Error, "prepareStackTrace");
