import type { Buffer } from "node:buffer";
import { erase } from "../../certificates/secrets.ts";
import type { Fetch } from "../../identity/fetch.ts";
import type { RolloutRecord, TargetSystem } from "../data.ts";
import type { Tenant } from "../tenant.ts";
import { languageOf } from "../words.ts";
import { missingAttributes } from "./attributes.ts";
import { connect } from "./connect.ts";
import { hrefTo } from "./frame.ts";
import type { View } from "./frame.ts";
import { instancePage, setupPage } from "./instance-page.ts";
import { responsibilitiesPage, stopPage, targetSystemsPage } from "./list-pages.ts";
import type { FormName } from "./moment.ts";
import type { OpenPfx } from "./open-pfx.ts";
import { readBody } from "./request-body.ts";
import { newTargetSystem, readInstanceForm, saveAttributes } from "./saving.ts";
import { createUploads } from "./uploads.ts";

export interface Portal {
  answer(request: Request): Promise<Response>;
  /** Erases every PFX and password. */
  close(): void;
}

/** Bytes of a form without a file. */
const maxFormBytes = 16_384;
/** Instances in one tenant: each may hold a file in memory. */
const maxInstances = 50;

/** The page of IAM.cloud's portal on which the connector is set up, as far as the documentation describes it. */
export function createPortal(tenant: Tenant, ports: { fetch: Fetch; openPfx: OpenPfx }): Portal {
  const { clock, hosts, randomBytes } = tenant;
  const uploads = createUploads();
  const running = new Map<string, Promise<RolloutRecord>>();

  function show(view: View, path: string, query: URLSearchParams): Response {
    switch (path) {
      case "":
        return goTo(view, "responsibilities");
      case "responsibilities":
        return responsibilitiesPage(view);
      case "target-systems":
        return targetSystemsPage(view, tenant.data.targetSystems);
      case "setup":
        return setupPage(view);
      case "instance":
      case "attributes":
      case "rollout": {
        const system = systemOf(query);
        if (system === null) return stopPage(view, 404, "gone");
        const done = formNames.find((form) => form === query.get("done"));
        return instancePage(view, system, uploads.get(system.id), done === undefined ? null : { done });
      }
      default:
        return stopPage(view, 404, "gone");
    }
  }

  async function act(view: View, path: string, query: URLSearchParams, request: Request): Promise<Response> {
    if (path === "setup") return create(view, request);
    const system = systemOf(query);
    if (system === null) return stopPage(view, 404, "gone");
    switch (path) {
      case "instance":
        return saveInstance(view, system, request);
      case "attributes":
        return saveTechnical(view, system, request);
      case "rollout":
        return rollOut(view, system);
      case "remove":
        uploads.forget(system.id);
        tenant.data.targetSystems = tenant.data.targetSystems.filter(({ id }) => id !== system.id);
        return goTo(view, "target-systems");
      default:
        return stopPage(view, 404, "gone");
    }
  }

  async function create(view: View, request: Request): Promise<Response> {
    const form = readInstanceForm(await textOf(request));
    if (!form.ok) return setupPage(view, form.refused);
    if (tenant.data.targetSystems.length >= maxInstances) {
      return setupPage(view, { form: "instance", reason: "too-many", status: 409 });
    }
    const system = newTargetSystem(randomBytes, clock.now(), form.values);
    tenant.data.targetSystems.push(system);
    return goTo(view, "instance", { id: system.id, done: "instance" }, "attributes");
  }

  async function saveInstance(view: View, system: TargetSystem, request: Request): Promise<Response> {
    const form = readInstanceForm(await textOf(request));
    if (!form.ok) return instancePage(view, system, uploads.get(system.id), { refused: form.refused });
    Object.assign(system, form.values);
    return goTo(view, "instance", { id: system.id, done: "instance" }, "attributes");
  }

  async function saveTechnical(view: View, system: TargetSystem, request: Request): Promise<Response> {
    const refused = await saveAttributes(system, uploads, request, clock.now());
    if (refused !== null) return instancePage(view, system, uploads.get(system.id), { refused });
    return goTo(view, "instance", { id: system.id, done: "attributes" }, "rollout");
  }

  async function rollOut(view: View, system: TargetSystem): Promise<Response> {
    const upload = uploads.get(system.id);
    const { pfx, password } = upload;
    if (pfx === null || password === null || missingAttributes(system, upload).length > 0) {
      const refused = { form: "rollout", reason: "not-ready", status: 409 } as const;
      return instancePage(view, system, upload, { refused });
    }
    // Pressed twice, it connects once.
    const work = running.get(system.id) ?? begin(system, { pfx, password });
    await work;
    return goTo(view, "instance", { id: system.id, done: "rollout" }, "rollout");
  }

  function begin(system: TargetSystem, upload: { pfx: Buffer; password: Buffer }): Promise<RolloutRecord> {
    const now = () => clock.now();
    const texts = { ...system.attributes };
    const work = connect({ ...ports, hosts, now, randomBytes }, texts, upload)
      .then((record) => {
        system.rollout = record;
        // The gateway has connected: nothing needs them any more.
        if (record.result === "connected") uploads.forget(system.id);
        return record;
      })
      .finally(() => running.delete(system.id));
    running.set(system.id, work);
    return work;
  }

  function systemOf(query: URLSearchParams): TargetSystem | null {
    return tenant.data.targetSystems.find(({ id }) => id === query.get("id")) ?? null;
  }

  function goTo(view: View, path: string, query: Record<string, string> = {}, part = ""): Response {
    const target = `https://${hosts.portal}/${hrefTo(view, path, query)}${part === "" ? "" : `#${part}`}`;
    return new Response(null, { status: 303, headers: { Location: target, "Cache-Control": "no-store" } });
  }

  return {
    async answer(request) {
      const { pathname, searchParams } = new URL(request.url);
      const view = { words: tenant.words(languageOf(request)), lang: searchParams.get("lang") };
      const path = pathname.slice(1);
      if (request.method === "GET" || request.method === "HEAD") return show(view, path, searchParams);
      if (request.method !== "POST") return stopPage(view, 405, "gone");
      if (isForeign(request)) return stopPage(view, 403, "foreign");
      return act(view, path, searchParams, request);
    },
    close: () => uploads.close(),
  };
}

const formNames: readonly FormName[] = ["instance", "attributes", "rollout"];

/** Whether another website sent the form: browsers say so (Fetch Metadata). */
function isForeign(request: Request): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  return site !== null && site !== "same-origin";
}

/** A form in `application/x-www-form-urlencoded`; null when it is too large. */
async function textOf(request: Request): Promise<URLSearchParams | null> {
  const body = await readBody(request, maxFormBytes);
  if (body === null) return null;
  const text = body.toString("utf8");
  erase(body);
  return new URLSearchParams(text);
}
