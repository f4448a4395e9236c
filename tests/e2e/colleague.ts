import { practiceHosts } from "../../main/practice/hosts.ts";
import type { SystemBrowser } from "./system-browser.ts";

const commandLineTools = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const scope = [
  "Application.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
].join(" ");

/** Somebody else at work in the same practice tenant, through its loopback address and without the app. */
export class Colleague {
  readonly #origin: string;
  readonly #token: string;

  private constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** Signs in with a device code. `address` is any page that the app has opened of its practice tenant. */
  static async signIn(browser: SystemBrowser, address: string, person: string): Promise<Colleague> {
    const { origin } = new URL(address);
    const post = async (path: string, form: Record<string, string>) => {
      const response = await fetch(`${origin}/${practiceHosts.login}/organizations/oauth2/v2.0/${path}`, {
        method: "POST",
        body: new URLSearchParams({ client_id: commandLineTools, ...form }),
      });
      return (await response.json()) as Record<string, string>;
    };
    const device = await post("devicecode", { scope });
    const page = new URL(device["verification_uri"] ?? "");
    await browser.enterCode(`${origin}/${page.host}${page.pathname}`, device["user_code"] ?? "", person);
    const tokens = await post("token", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: device["device_code"] ?? "",
    });
    const token = tokens["access_token"];
    if (token === undefined) throw new Error(`${person} got no token: ${JSON.stringify(tokens)}`);
    return new Colleague(origin, token);
  }

  /** Sends a request to the practice tenant's Graph; throws unless it was carried out. */
  async graph(method: "POST" | "DELETE", path: string, body?: object): Promise<void> {
    const response = await fetch(`${this.#origin}/${practiceHosts.graph}/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
