/** The columns a list can have, as places counted from 0. */
export interface Columns {
  name?: number;
  dnsName?: number;
  commonName?: number;
  file?: number;
  /** Of the app's own list of passwords. */
  row?: number;
  password?: number;
}

/** Headings by which a column is recognised: English and German, compared without case, blanks and marks. */
const headings: Record<keyof Columns, readonly string[]> = {
  name: [
    "name",
    "setup",
    "setup name",
    "tenant",
    "tenant name",
    "customer",
    "organization",
    "organisation",
    "Einrichtung",
    "Kunde",
    "Mandant",
    "Mandantenname",
    "Firma",
  ],
  dnsName: ["dns", "dns name", "host", "host name", "fqdn", "domain", "domain name", "Domäne", "Domänenname"],
  commonName: [
    "common name",
    "cn",
    "subject",
    "certificate name",
    "Allgemeiner Name",
    "Antragsteller",
    "Zertifikatname",
    "Zertifikatsname",
  ],
  file: ["file", "file name", "Datei", "Dateiname"],
  row: ["row", "Zeile"],
  password: ["password", "Kennwort", "Passwort"],
};

const plain = (heading: string) =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

const byHeading = new Map(
  Object.entries(headings).flatMap(([column, names]) =>
    names.map((name) => [plain(name), column as keyof Columns]),
  ),
);

/** Which columns these headings name; of two that name the same, the first counts. */
export function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [index, cell] of cells.entries()) {
    const column = byHeading.get(plain(cell));
    if (column !== undefined) columns[column] ??= index;
  }
  return columns;
}

/** How many columns are recognised: the right separator is the one that recognises most. */
export function countColumns(cells: readonly string[]): number {
  return Object.keys(columnsOf(cells)).length;
}
