/**
 * Whether a token for Exchange may be sent there: the cloud's Exchange host itself or a host below it, over https on
 * the standard port, without a user name in the address.
 */
export function isExchangeAddress(address: string, host: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const own = new URL(`https://${host}`);
  const below = url.hostname === own.hostname || url.hostname.endsWith(`.${own.hostname}`);
  return (
    url.protocol === "https:" && below && url.port === own.port && url.username === "" && url.password === ""
  );
}
