import { useInfoIfLoaded } from "../store/app.ts";
import { useSetup } from "./step-context.ts";

/** The name for confirmations: asked for once, then offered everywhere, also before the view has been fetched again. */
export function usePerson(): string {
  const { view } = useSetup();
  const settings = useInfoIfLoaded()?.settings;
  return view.person || (settings?.person ?? "");
}
