import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** An HTTP proxy on this computer that notes what it is asked for and lets nothing through. */
export interface LocalProxy {
  /** "127.0.0.1:<port>". */
  address: string;
  /** Tunnels as "CONNECT host:port", other requests as "GET http://…". */
  asked: string[];
  close(): Promise<void>;
}

/** Opens a proxy that answers everything with this status, for example 407 for one that wants a sign-in. */
export async function openLocalProxy(status: number): Promise<LocalProxy> {
  const asked: string[] = [];
  const tunnels = new Set<Socket>();
  const wanted = status === 407 ? { "Proxy-Authenticate": 'Basic realm="proxy"' } : {};
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, wanted).end("from the proxy");
  });
  server.on("connect", (request, socket: Socket) => {
    tunnels.add(socket);
    asked.push(`CONNECT ${request.url}`);
    const headers = Object.entries(wanted).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.on("error", () => socket.destroy());
    socket.end(`HTTP/1.1 ${status} From the proxy\r\n${headers.join("")}Content-Length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of tunnels) socket.destroy();
      }),
  };
}
