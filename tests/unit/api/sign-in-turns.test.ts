import { expect, test } from "vitest";
import { openTestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

const how = { method: "browser", chooseAccount: false, guest: false } as const;

async function twoSetups() {
  const app = await openTestApp();
  const first = (await app.api.practice.create({ sample: "empty" })).summary.id;
  const second = (await app.api.practice.create({ sample: "empty" })).summary.id;
  return { app, first, second };
}

test("of two sign-ins asked for at once the later one goes on, even where the earlier one takes longer to begin", async () => {
  const { app, first, second } = await twoSetups();
  // The second setup's session is open already; the first one's has to be opened before its page can be shown.
  await app.sessions.of(second);
  const opened: string[] = [];
  await signInAs(app, second, "alex");
  const follow = app.browser;
  app.browser = (url) => {
    opened.push(url);
    return follow(url);
  };
  const [earlier, later] = await Promise.all([
    app.api.tenant.signIn({ setupId: first, ...how }),
    app.api.tenant.signIn({ setupId: second, ...how }),
  ]);
  expect(later.tenant.signIn.state).toBe("signed-in");
  expect(earlier.tenant.signIn).toMatchObject({ state: "signed-out", pending: null, problem: null });
  expect(opened).toHaveLength(1);
});

test("a sign-in whose page is open ends as soon as another setup's is asked for", async () => {
  const { app, first, second } = await twoSetups();
  const opened: string[] = [];
  app.browser = (url) => void opened.push(url);
  const earlier = app.api.tenant.signIn({ setupId: first, ...how });
  await expect.poll(() => opened.length).toBe(1);
  await signInAs(app, second, "alex");
  const later = await app.api.tenant.signIn({ setupId: second, ...how });
  expect((await earlier).tenant.signIn).toMatchObject({ state: "signed-out", pending: null, problem: null });
  expect(later.tenant.signIn.state).toBe("signed-in");
});

test("of several sign-ins for one setup the last one goes on", async () => {
  const { app, first } = await twoSetups();
  await signInAs(app, first, "alex");
  const follow = app.browser;
  const opened: string[] = [];
  app.browser = (url) => {
    opened.push(url);
    return follow(url);
  };
  const views = await Promise.all(
    [1, 2, 3].map(async () => app.api.tenant.signIn({ setupId: first, ...how })),
  );
  expect(views.at(-1)?.tenant.signIn.state).toBe("signed-in");
  expect(opened).toHaveLength(1);
});
