import type * as Electron from "electron";

interface Reply {
  id: number;
  error?: { message: string };
  result?: {
    result: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
}

/** The app's main process, through its inspector. Works for Electron and for the stand-in alike. */
export class MainProcess {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, PromiseWithResolvers<NonNullable<Reply["result"]>>>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const { id, error, result } = JSON.parse(String(data)) as Reply;
      if (error) this.#pending.get(id)?.reject(new Error(error.message));
      else if (result) this.#pending.get(id)?.resolve(result);
      this.#pending.delete(id);
    });
    socket.addEventListener("close", () => {
      for (const { reject } of this.#pending.values()) reject(new Error("the main process has ended"));
    });
  }

  static async connect(address: string): Promise<MainProcess> {
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error(`no inspector at ${address}`)));
    });
    return new MainProcess(socket);
  }

  /** Runs a function in the main process with the module `electron` and one argument; both cross as JSON. */
  async evaluate<Result, Argument = undefined>(
    run: (electron: typeof Electron, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const given = argument === undefined ? "undefined" : JSON.stringify(argument);
    const { result, exceptionDetails } = await this.#send({
      expression: `(${run.toString()})(require("electron"), ${given})`,
      includeCommandLineAPI: true,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Result;
  }

  close(): void {
    this.#socket.close();
  }

  #send(params: object): Promise<NonNullable<Reply["result"]>> {
    if (this.#socket.readyState !== WebSocket.OPEN)
      return Promise.reject(new Error("the main process has ended"));
    this.#lastId += 1;
    const reply = Promise.withResolvers<NonNullable<Reply["result"]>>();
    this.#pending.set(this.#lastId, reply);
    this.#socket.send(JSON.stringify({ id: this.#lastId, method: "Runtime.evaluate", params }));
    return reply.promise;
  }
}
