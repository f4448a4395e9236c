import type { ActualTenant } from "./actual.ts";
import { placeholders } from "./change.ts";
import type { Change } from "./change.ts";
import type { DesiredTenant } from "./desired.ts";
import { isCertificate } from "./key-credentials.ts";
import { certificateVerdict } from "./policies.ts";
import { changeApplication } from "./rights.ts";
import { absent } from "./shown.ts";

/**
 * Adds the certificate's public part beside the other keys, which go back exactly as they were read: the request
 * replaces the whole collection. A certificate that the tenant would refuse is not sent at all.
 */
export function certificateChange(desired: DesiredTenant, actual: ActualTenant): Change[] {
  const { certificate } = desired;
  if (certificate === null || !actual.application.known) return [];
  const application = actual.application.value;
  const others = application?.keyCredentials ?? [];
  if (others.some((credential) => isCertificate(credential, certificate))) return [];
  if (certificateVerdict(actual.policies, certificate, application?.createdAt ?? null).kind === "refused") {
    return [];
  }
  const { sha1, sha256, der, subject, notBefore, notAfter } = certificate;
  return [
    {
      id: "add-certificate",
      kind: "add-certificate",
      steps: ["upload-certificate"],
      before:
        others.length === 0 ? [absent] : [{ key: "other-certificates", params: { count: others.length } }],
      after: [
        { key: "certificate", params: { subject, sha1, notAfter } },
        ...(others.length === 0
          ? []
          : [{ key: "other-certificates" as const, params: { count: others.length } }]),
      ],
      effects: [`certificate:${sha256}`],
      request: {
        method: "PATCH",
        path: `/applications/${application?.id ?? placeholders.applicationId}`,
        body: {
          keyCredentials: [
            ...others,
            {
              type: "AsymmetricX509Cert",
              usage: "Verify",
              key: der,
              displayName: subject,
              startDateTime: notBefore,
              endDateTime: notAfter,
            },
          ],
        },
        scopes: ["Application.ReadWrite.All"],
      },
      right: changeApplication,
      needs: ["create-application"],
      inverse: { kind: "remove-certificate", sha1, sha256, der, subject },
      part: "application",
      replaces: true,
    },
  ];
}
