import type { Handlers } from "../../preload/contract.ts";
import type { Doctor } from "../doctor/doctor.ts";
import { doctorText } from "../doctor/report.ts";
import type { Services } from "./services.ts";

/** Whether the services can be reached from this computer. */
export function doctorHandlers({ shell }: Services, doctor: Doctor): Handlers["doctor"] {
  return {
    view: async () => doctor.view(),
    run: ({ cloud }) => doctor.run(cloud),
    copy: async () => {
      await shell.copyText(doctorText(doctor.view(), shell.words()));
      return null;
    },
  };
}
