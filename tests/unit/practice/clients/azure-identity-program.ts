/** Gets one token with a credential of @azure/identity and writes it to standard output as JSON. */
import {
  ClientCertificateCredential,
  DeviceCodeCredential,
  InteractiveBrowserCredential,
} from "@azure/identity";
import type { TokenCredential } from "@azure/identity";
import { browserOf } from "../browser.ts";
import { microsoftHosts } from "./hosts.ts";

interface Order {
  kind: "certificate" | "device-code" | "browser";
  tenantId: string;
  clientId: string;
  certificatePath?: string;
  account?: string;
  scopes: string[];
}

const order = JSON.parse(process.argv[2] ?? "") as Order;

function credential(): TokenCredential {
  const { kind, tenantId, clientId, certificatePath = "", account = "" } = order;
  switch (kind) {
    case "certificate":
      return new ClientCertificateCredential(tenantId, clientId, { certificatePath });
    case "device-code":
      return new DeviceCodeCredential({
        tenantId,
        clientId,
        userPromptCallback: ({ userCode, verificationUri }) =>
          void enterCode(verificationUri, userCode, account),
      });
    default:
      return new InteractiveBrowserCredential({ tenantId, clientId, redirectUri: "http://localhost" });
  }
}

/** The other device: enters the code and confirms. */
async function enterCode(address: string, userCode: string, account: string): Promise<void> {
  const browser = browserOf({
    hosts: microsoftHosts,
    handle: (request) => fetch(request, { redirect: "manual" }),
  });
  const picker = await browser.press(await browser.load(address), "Next", { user_code: userCode });
  await browser.press(await browser.press(picker, account), "Continue");
}

const token = await credential().getToken(order.scopes);
process.stdout.write(JSON.stringify(token));
