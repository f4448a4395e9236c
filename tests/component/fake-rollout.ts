import { stopped } from "../../main/exchange/record.ts";
import * as rotation from "../../main/rollout/rotation-intents.ts";
import * as intents from "../../main/setups/intents.ts";
import type { FakeState, Inputs } from "./fake-state.ts";

/** Dry runs; each finds what the test says. */
export function fakeDryRun(state: FakeState): Inputs<"dryRun"> {
  return {
    run: ({ setupId }) => state.change(setupId, "dry-run", (one) => ({ ...one, dryRun: state.nextDryRun })),
    stop: ({ setupId }) => state.change(setupId, "dry-run-stopped", stopped),
  };
}

/** The exchange of a certificate. */
export function fakeRotation(state: FakeState): Inputs<"rotation"> {
  const { change, now } = state;
  return {
    start: ({ setupId, by }) =>
      change(setupId, "rotation-started", (one) => rotation.startRotation(one, by, now())),
    cancel: ({ setupId }) =>
      change(setupId, "rotation-canceled", (one) => rotation.cancelRotation(one, now())),
    confirmExchanged: ({ setupId, by, note: words }) =>
      change(setupId, "rotation-exchanged", (one) =>
        rotation.confirmExchanged(one, by, words, state.observations()),
      ),
    withdrawExchanged: ({ setupId }) =>
      change(setupId, "rotation-exchange-withdrawn", (one) => rotation.withdrawExchanged(one, now())),
    confirmRemoved: ({ setupId, by }) =>
      change(setupId, "rotation-removed", (one) => rotation.confirmRemoved(one, by, now())),
    finish: ({ setupId }) =>
      change(setupId, "rotation-finished", (one) => rotation.finishRotation(one, now())),
  };
}

/** The transfer strip. */
export function fakeTransfer(state: FakeState): Inputs<"transfer"> {
  return {
    open: ({ setupId }) => {
      state.inStrip = setupId;
      return null;
    },
    close: () => null,
    current: () => ({ setupId: state.inStrip }),
    pfxFile: () => state.pfxFile,
    dragPfx: () => null,
    showPfx: () => null,
    copyPfxPath: () => null,
    showStep: () => null,
  };
}

/** Rollout itself and the handover. */
export function fakeRollout(state: FakeState): Inputs<"rollout"> {
  const { change, now } = state;
  return {
    reminders: () => state.reminders,
    record: ({ setupId, result, text, by }) =>
      change(setupId, `rollout-${result}`, (one) =>
        intents.recordRollout(one, { result, text, by }, state.observations()),
      ),
    withdraw: ({ setupId }) =>
      change(setupId, "rollout-withdrawn", (one) => intents.withdrawRollout(one, now())),
    handover: ({ setupId }) => {
      const path = "/home/anna/Documents/Contoso AG handover";
      const view = change(setupId, "handover-written", (one) => ({
        ...one,
        rollout: { ...one.rollout, handover: { at: now().toISOString(), path } },
      }));
      return { canceled: false, path, pdf: state.printer, view };
    },
    saveReport: () => ({
      canceled: false,
      path: "/home/anna/Documents/Contoso AG report",
      pdf: state.printer,
    }),
    showHandover: () => null,
    saveCalendar: () => ({ canceled: false, path: "/home/anna/Documents/Contoso AG.ics" }),
    close: ({ setupId }) => change(setupId, "setup-closed", (one) => intents.close(one, now())),
    reopen: ({ setupId }) => change(setupId, "setup-reopened", (one) => intents.reopen(one)),
  };
}
