import type { Readable, Writable } from "node:stream";

/** Carries the texts of the DevTools protocol to a browser and back. */
export interface Transport {
  send(text: string): void;
  onText(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

/** The two pipes of `--remote-debugging-pipe`; when they close, Chromium ends. */
export function pipeTransport(output: Writable, input: Readable): Transport {
  let chunks: Buffer[] = [];
  return {
    send: (text) => void output.write(`${text}\0`),
    onText: (listener) =>
      input.on("data", (chunk: Buffer) => {
        let rest = chunk;
        for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
          const text = Buffer.concat([...chunks, rest.subarray(0, end)]).toString("utf8");
          chunks = [];
          rest = rest.subarray(end + 1);
          listener(text);
        }
        if (rest.length > 0) chunks.push(rest);
      }),
    onClose: (listener) => {
      for (const stream of [input, output]) stream.on("error", listener);
      input.on("close", listener);
    },
  };
}

/** A socket to a browser that runs already; what is sent before it is open waits. */
export function socketTransport(socket: WebSocket): Transport {
  const waiting: string[] = [];
  socket.addEventListener("open", () => waiting.splice(0).forEach((text) => socket.send(text)));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(text);
      else socket.send(text);
    },
    onText: (listener) => socket.addEventListener("message", ({ data }) => listener(String(data))),
    onClose: (listener) => socket.addEventListener("close", listener),
  };
}
