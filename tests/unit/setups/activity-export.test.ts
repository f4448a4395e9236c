import { expect, test } from "vitest";
import { activityCsv, activityJsonl } from "../../../main/setups/activity-export.ts";

const entries = [
  {
    at: "2026-11-24T10:12:00.000Z",
    kind: "tenant-change",
    step: null,
    details: { phase: "done", requestId: "r-1", clientRequestId: "c-1" },
    hash: "ab",
    setupId: "s-1",
    setupName: '=cmd|"calc"!A1',
    practice: true,
  },
  {
    at: "2026-11-24T10:13:00.000Z",
    kind: "step-confirmed",
    step: "exchange-role" as const,
    details: { by: 'Ada "the\nadmin"; Lovelace' },
    hash: "cd",
    setupId: "s-1",
    setupName: "Müller, Söhne",
    practice: false,
  },
];

test("a table holds the ids that support asks for, and no formula", () => {
  const lines = activityCsv(entries).split("\r\n");
  expect(lines[0]).toBe(
    "\uFEFFat,setupId,setupName,practice,step,kind,result,requestId,clientRequestId,details,hash",
  );
  expect(lines[1]).toContain(',"\'=cmd|""calc""!A1",practice,');
  expect(lines[1]).toContain(",done,r-1,c-1,");
  expect(lines[2]).toContain('"Müller, Söhne",,exchange-role,step-confirmed');
});

test("lines of JSON give the entries back as they are", () => {
  const lines = activityJsonl(entries).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(entries);
});
