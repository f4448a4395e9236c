import "node-forge";

/** Exported by node-forge 1.4.3 but absent from @types/node-forge 1.3.14. */
declare module "node-forge" {
  namespace pki {
    function getTBSCertificate(certificate: Certificate): asn1.Asn1;
    function getCertificationRequestInfo(request: CertificateSigningRequest): asn1.Asn1;
  }
}
