/** A file in a store. */
export interface StoredFile {
  name: string;
  modified: Date;
}

/**
 * Keeps files of some 100 KB by name. A name's content never changes. Every function throws `StoreError` where the store
 * does not do its work.
 */
export interface MediaStore {
  /** The folder, where it is one on this machine. */
  readonly folder?: string;
  /** Writes a file, whole or not at all, and durably. One that exists is written again, and so counts as new. */
  put(name: string, content: Buffer): Promise<void>;
  /** A file's content, or null. */
  read(name: string): Promise<Buffer | null>;
  has(name: string): Promise<boolean>;
  /** Removes a file, if there is one. */
  remove(name: string): Promise<void>;
  /** All files, in no order; of a folder also what interrupted writes have left. */
  list(): AsyncIterable<StoredFile>;
}

/** The store of pictures does not do its work. The message is for the log. */
export class StoreError extends Error {
  override name = 'StoreError';

  /** @param isFull whether it has no room left */
  constructor(
    message: string,
    readonly isFull = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
