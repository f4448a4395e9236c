import { fileURLToPath } from "node:url";

/** Where the files lie that Playwright translates, and whose lines it therefore has to look up. */
const translated = fileURLToPath(new URL("..", import.meta.url));
const lookUp = Error.prepareStackTrace?.bind(Error);

/**
 * Playwright notes the stack at each of its steps and looks up every line of it, which was an eighth of the tests' own
 * time. Its own files are what they say, so only lines of ours are looked up.
 */
if (lookUp)
  Error.prepareStackTrace = (error, frames) => {
    const title = `${error.name}: ${error.message}`;
    const lines = frames.map((frame) => {
      const file = frame.getFileName() ?? "";
      if (file.includes(translated)) return String(lookUp(error, [frame])).slice(title.length);
      const place = `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
      const name = frame.getFunctionName();
      return `\n    at ${name === null ? place : `${name} (${place})`}`;
    });
    return title + lines.join("");
  };
