import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skip } from './skip.js';

/** A disk in memory, for a test that fills it. */
export interface SmallDisk {
  folder: string;
  close(): void;
}

/**
 * Mounts a disk, or skips the test where that is not allowed.
 * @param size in tmpfs's words, such as `6m`
 */
export function smallDisk(context: Mocha.Context, size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    skip(context, 'a small disk cannot be mounted here');
  }
  return {
    folder,
    close: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
