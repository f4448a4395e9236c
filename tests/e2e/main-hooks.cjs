/**
 * Loaded into the main process before the app (`electron -r`): dialogs answer what the test has queued,
 * nothing leaves for the system's browser, and connections beyond this machine are noted.
 * CommonJS, because that is what `-r` takes.
 */
const { app, dialog, protocol, shell } = require("electron");
const { statSync } = require("node:fs");
const { flushCompileCache } = require("node:module");
const { Socket } = require("node:net");

const state = {
  answers: { showOpenDialog: [], showSaveDialog: [], showMessageBox: [] },
  asked: [],
  opened: [],
  shown: [],
  dragged: [],
  problems: [],
};
globalThis.exchangeRolloutTest = state;

for (const name of Object.keys(state.answers)) {
  dialog[name] = async (...args) => {
    state.asked.push({ name, options: JSON.parse(JSON.stringify(args.at(-1) ?? null)) });
    const answer = state.answers[name].shift();
    if (answer === undefined) {
      state.problems.push(`${name} without an answer queued: ${JSON.stringify(args.at(-1))}`);
      throw new Error(`${name} was not expected`);
    }
    return answer;
  };
}
dialog.showErrorBox = (title, content) => void state.problems.push(`error box: ${title}: ${content}`);

shell.openExternal = async (url) => void state.opened.push(url);
shell.openPath = async (path) => {
  state.shown.push(path);
  return "";
};
shell.showItemInFolder = (path) => void state.shown.push(path);

// A drag ends where a mouse lets go, and here is none: what would be dragged is noted, after a look at its picture.
app.on("web-contents-created", (_event, contents) => {
  contents.startDrag = ({ file, icon }) => {
    if (typeof icon !== "string" || statSync(icon).size === 0)
      state.problems.push("a drag without a picture");
    state.dragged.push(file);
  };
});

// Most of a start is the page's own scripts, which a test of main alone can do without.
if (process.env["EXCHANGE_ROLLOUT_TEST_SCRIPTS"] === "none") {
  const handle = protocol.handle.bind(protocol);
  protocol.handle = (scheme, answer) =>
    handle(scheme, async (request) =>
      request.url.endsWith(".js")
        ? new Response("", { headers: { "content-type": "text/javascript" } })
        : answer(request),
    );
}

// The test's end of this pipe closes when its process dies, however it dies.
process.stdin.on("end", () => process.exit(1)).resume();

// Node would write it at its end, but tests kill the app.
void app.whenReady().then(() => flushCompileCache?.());

const connect = Object.getOwnPropertyDescriptor(Socket.prototype, "connect");
Socket.prototype.connect = function (...args) {
  const options = [args[0]].flat()[0];
  const host = typeof options === "object" && options !== null ? options.host : undefined;
  const local = host === undefined || /^(localhost|127\.|::1)/.test(host);
  if (!local) state.problems.push(`the main process connected to ${host}`);
  return connect.value.apply(this, args);
};
