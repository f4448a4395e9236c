import { dirname } from "node:path";
import { AppError } from "../errors.ts";
import { writeError } from "./file-errors.ts";
import { publishNew, syncFolder } from "./publish.ts";

const mostNames = 1_000;

/**
 * Renames a file to `<path>.<label>`, or `<path>.<label>-2` and so on when that name is taken: nothing is
 * ever replaced. Gives the new path. Errors: as `writeFileAtomic`.
 */
export async function setAside(path: string, label: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const aside = `${path}.${label}${number === 1 ? "" : `-${number}`}`;
    try {
      await publishNew(path, aside);
      await syncFolder(dirname(path));
      return aside;
    } catch (error) {
      const taken = error instanceof AppError && error.code === "file-exists";
      if (!taken || number >= mostNames) throw writeError(path, error);
    }
  }
}
