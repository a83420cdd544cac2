import { dirname, join } from 'node:path';
import { type MediaAddress, parseMediaUrl } from '../addresses/media.js';
import { config } from '../config.js';
import { databaseFile } from '../database/connection-options.js';
import { FolderStore } from './folder-store.js';
import type { MediaStore } from './media-store.js';
import { S3Store } from './s3-store.js';

/** The address that the configuration names or implies; null with MySQL in production, where a folder would not be shared. */
function address(): MediaAddress | null {
  if (config.MEDIA_URL !== undefined) return parseMediaUrl(config.MEDIA_URL);
  if (databaseFile !== null) return { folder: join(dirname(databaseFile), 'media') };
  return config.production ? null : { folder: join('data', 'media') };
}

function open(): MediaStore | null {
  const found = address();
  if (found === null) return null;
  return 'folder' in found ? new FolderStore(found.folder) : new S3Store(found);
}

/** This process's store of pictures; null where there is none. */
export const mediaStore: MediaStore | null = open();
