import type { Handlers } from "../../preload/contract.ts";
import type { Doctor } from "../doctor/doctor.ts";
import { doctorText } from "../doctor/report.ts";
import type { Turns } from "../turns.ts";
import type { Services } from "./services.ts";

/** Whether the services can be reached from this computer. */
export function doctorHandlers(
  { services: { shell }, turns }: { services: Services; turns: Turns },
  doctor: Doctor,
): Handlers["doctor"] {
  return {
    view: async () => doctor.view(),
    run: async ({ cloud }) => {
      // A proxy that has just been typed is the one to examine.
      await turns.inTurn("settings", async () => undefined);
      return doctor.run(cloud);
    },
    copy: async () => {
      await shell.copyText(doctorText(doctor.view(), shell.words()));
      return null;
    },
  };
}
