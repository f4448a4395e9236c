import { AppError } from "../../main/errors.ts";
import { loadKeychain } from "../../main/shell/keychain.ts";

/** The real keychain in a process of its own, with the bus of its environment; answers its parent's calls. */
interface Call {
  id: number;
  method: "getPassword" | "setPassword" | "deletePassword";
  args: [string, string, string];
}

const keychain = await loadKeychain();
process.on("message", (call: Call) => {
  void keychain[call.method](...call.args).then(
    (value) => process.send?.({ id: call.id, value: value ?? null }),
    (error: unknown) => {
      const { code, details } = error instanceof AppError ? error : new AppError("internal");
      process.send?.({ id: call.id, code, details });
    },
  );
});
process.send?.({ ready: true });
