/**
 * The public certificate (DER, base64) of another program in the sample states: CN=Mailbox Archiver, RSA 2048,
 * 2026-11-24 to 2028-11-23. Its private key does not exist any more.
 */
export const strangerCertificate = [
  "MIIDFzCCAf+gAwIBAgIUBpfOl4/doxm5Hp8kEijh7HlM+jEwDQYJKoZIhvcNAQELBQAwGzEZMBcGA1UEAwwQTWFpbGJveCBBcmNo",
  "aXZlcjAeFw0yNjExMjQwNDI1NDlaFw0yODExMjMwNDI1NDlaMBsxGTAXBgNVBAMMEE1haWxib3ggQXJjaGl2ZXIwggEiMA0GCSqG",
  "SIb3DQEBAQUAA4IBDwAwggEKAoIBAQDlJgkhvR/idoU0wa63BEP+sNEH+C2shz35Kj79Pl4E3iBMi/KqPuG4oJCxHKy/RRkpv8y/",
  "DJyCjsEx3pgGC7U7WAxK7T0fm8iG/bnwvB9ecs0P+ajOQyADBkzTyfawyhkWbqkO0VGT1cP6bE2gn3B7RWd51puySAimMUOGsiZh",
  "x1lhHeGAesNJluEZmUDlWI1f8JWvHp22yJZGBlwgMG5Knjmw1SwkhDHa9Mix0IGa5S1m17RfSD1XoS6Noenk7bPKDrs7dfrtrbzR",
  "ZSPzZ3M4DJrsSgmYRLwZksTeo/TtuwR2+ItF6QUUH4e1kIR4/+bhohOWZrr0Mt729mxT8apPAgMBAAGjUzBRMB0GA1UdDgQWBBRl",
  "z7KOyPsRtV0lNgxYJc2P6HrhrjAfBgNVHSMEGDAWgBRlz7KOyPsRtV0lNgxYJc2P6HrhrjAPBgNVHRMBAf8EBTADAQH/MA0GCSqG",
  "SIb3DQEBCwUAA4IBAQDbGaNBsRIX6SEkvkWMlcmOFjSNgjSttx3HmCVdljaRqC3zVu0FUBkmv2VOmzbWBEnlqwhez791JjRabQpb",
  "ugGHZylGI3ZHLyIrfQUX5C2pIVEuB9xh66r3GpChfiREXZq5a+pjnGdPGgH0DRh8gyo4pYw3Of3Q9uF5k+gxS+jmPZjDoPo0z2q4",
  "wjtDQ6jXGc2G4cP9aOm5loa9YiN5mf+/LkdMrI5yczIL9ubtYPuJ+5KQDD3lhs0756GNcrdAO8fqlqjOTNYeqn6Dbj6aHihEFvIT",
  "LzP+q2s2nQsPturmZMzGDEVTJNfAemM2KvhUk1VOffVGN6imtrGdWILQNrkV",
].join("");
