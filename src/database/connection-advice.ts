/** The number of MySQL's refusal of plain connections. */
const SECURE_TRANSPORT_REQUIRED = 3159;

interface DriverError extends Error {
  code?: string;
  errno?: number;
}

/** What to do about an error of connecting to MySQL: the driver keeps of OpenSSL's errors the words alone. */
const ADVICE: [isMeant: (error: DriverError) => boolean, advice: string][] = [
  [
    ({ message }) => /self-signed|unable to (verify|get)|certificate signature failure/.test(message),
    'name the file of the CA that signed the server’s certificate: &ssl-ca=/path/ca.pem',
  ],
  [({ message }) => message.includes('certificate has expired'), 'renew the server’s certificate'],
  [({ message }) => message.includes('not yet valid'), 'check the clocks of both machines'],
  [
    ({ message }) => message.includes('does not match certificate'),
    'connect by a name that the certificate has, or use ssl-mode=VERIFY_CA, which compares no names',
  ],
  [
    ({ code }) => code === 'HANDSHAKE_NO_SSL_SUPPORT',
    'the server has no TLS: set it up there, or leave ssl-mode out on a network that you trust',
  ],
  [
    ({ errno }) => errno === SECURE_TRANSPORT_REQUIRED,
    'the server takes TLS only: add ?ssl-mode=VERIFY_IDENTITY to the address',
  ],
  [
    ({ code }) => code === 'ER_ACCESS_DENIED_ERROR',
    'check user and password; a server or account that requires TLS needs ssl-mode in the address, one that requires a certificate ssl-cert and ssl-key too',
  ],
];

/** An error of connecting to the database in words, with what to do about it where that is known. */
export function explainConnectionError(error: Error): string {
  const cause: DriverError = (error as { original?: DriverError }).original ?? error;
  const said = cause.message || (cause.code ?? '');
  const advice = ADVICE.find(([isMeant]) => isMeant(cause))?.[1];
  return advice === undefined ? said : `${said.replace(/\.$/, '')}: ${advice}`;
}
