import type { DoctorView } from "../../preload/model/doctor.ts";
import type { CloudId } from "../../preload/model/guide.ts";
import { call, rollout } from "./api.ts";
import { pageState } from "./page-state.ts";

const store = pageState<{ view: DoctorView | null }>(() => ({ view: null }));

/** What the connection doctor found; null until main's first answer. */
export function useDoctor(): DoctorView | null {
  return store((state) => state.view);
}

export async function loadDoctor(): Promise<void> {
  accept(await call(rollout().doctor.view()));
}

/** Tries the hosts of a cloud; gives what was found when it is over. */
export async function runDoctor(cloud: CloudId): Promise<DoctorView | null> {
  const view = await call(rollout().doctor.run({ cloud }));
  accept(view);
  return view;
}

function accept(view: DoctorView | null): void {
  if (view !== null) store.setState({ view });
}
