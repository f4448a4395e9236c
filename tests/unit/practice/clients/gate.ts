import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";

/** A proxy that lets a program reach the practice tenant under Microsoft's host names, and nothing else. */
export interface Gate {
  /** For HTTPS_PROXY. */
  address: string;
  /** Where else a program wanted to go, "host:port". */
  refused: string[];
  close(): Promise<void>;
}

/** Passes tunnels (RFC 9110 section 9.3.6) for these hosts on to a local port. */
export async function openGate(hosts: readonly string[], targetPort: number): Promise<Gate> {
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    refused.push(request.url ?? "");
    response.writeHead(403).end();
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket: Socket, head) => {
    const target = request.url ?? "";
    socket.on("error", () => socket.destroy());
    if (!hosts.some((host) => target === `${host}:443`)) {
      refused.push(target);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const onward = connect(targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    sockets.add(onward);
    onward.on("close", () => sockets.delete(onward));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
