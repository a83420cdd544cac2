import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts and authenticates bytes for one purpose, by keys that are derived from the server's secrets. */
export class Sealer {
  #keys: Buffer[] | undefined;

  /**
   * @param secrets the first one seals, all unseal; read at the first use
   * @param purpose sets its keys apart from those of other purposes
   */
  constructor(
    private readonly secrets: () => string[],
    private readonly purpose: string,
  ) {}

  /** The id of the key that seals. It reveals nothing of the key. */
  get keyId(): string {
    const [key] = this.keys as [Buffer];
    return createHash('sha256').update('id\n').update(key).digest('base64url').slice(0, 8);
  }

  /**
   * Seals bytes.
   * @param context whom they belong to: they are unsealed in the same context only
   * @returns base64url
   */
  seal(bytes: Buffer, context = ''): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0] as Buffer, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Unseals bytes; null where they were not sealed by one of the keys, in this context. */
  unseal(sealed: string, context = ''): Buffer | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
    for (const key of this.keys) {
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        // Sealed by another key, or not at all.
      }
    }
    return null;
  }

  private get keys(): Buffer[] {
    return (this.#keys ??= this.secrets().map((secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', this.purpose, KEY_BYTES)),
    ));
  }
}
