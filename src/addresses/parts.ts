/** An address that cannot be used; the message says why, and continues a sentence that begins with its variable. */
export class AddressError extends Error {
  override name = 'AddressError';
}

/**
 * Decodes a part of an address.
 * @param name what the part is
 * @throws {AddressError} for a lone `%`
 */
export function decodePart(value: string, name: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    throw new AddressError(`has a % in its ${name} that begins no escape: write it %25`);
  }
  if (decoded.includes('\0')) throw new AddressError(`has a NUL in its ${name}`);
  return decoded;
}

/**
 * The query parameters of an address.
 * @param known the names that it may have
 * @throws {AddressError} for any other, and for one that is repeated or empty
 */
export function parametersOf(url: URL, known: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!known.includes(name)) {
      const may = known.length === 0 ? 'it takes none' : `it takes no other than ${known.join(', ')}`;
      throw new AddressError(`has the parameter ${name}, but ${may}`);
    }
    if (parameters.has(name)) throw new AddressError(`has the parameter ${name} twice`);
    if (value === '') throw new AddressError(`has the parameter ${name} without a value`);
    parameters.set(name, value);
  }
  return parameters;
}

/**
 * Reads an address and checks what every address must have: a host, a port that can be connected to, escapes, no `#`.
 * @param schemes the schemes that it may have, without `://`
 * @param form how it should look, for the message
 * @throws {AddressError}
 */
export function parseAddress(text: string, schemes: readonly string[], form: string): URL {
  const isNamed = schemes.some((scheme) => text.startsWith(`${scheme}://`));
  refuseInvisible(text);
  if (!isNamed || !URL.canParse(text)) {
    throw new AddressError(
      `must be like ${form}: signs such as : / @ ? # % in a user or password are written %3A %2F %40 %3F %23 %25`,
    );
  }
  const url = new URL(text);
  if (url.hash !== '') throw new AddressError('has an unescaped #: write it %23');
  if (url.port === '0') throw new AddressError('has the port 0, to which nothing connects');
  decodePart(url.username, 'user');
  decodePart(url.password, 'password');
  return url;
}

/** @throws {AddressError} where an address has what `URL` passes over in silence, and what nobody sees */
export function refuseInvisible(text: string): void {
  if (text !== text.trim()) throw new AddressError('begins or ends in white space');
  if (/\p{Cc}/u.test(text)) throw new AddressError('has a control character, such as a line break');
}

/** @throws {AddressError} where an address names no host */
export function requireHost({ hostname }: URL): void {
  if (hostname === '') throw new AddressError('must name a host');
}
