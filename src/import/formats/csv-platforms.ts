import { foldCase, textFault, urlFault } from '../../models/validation.js';
import { PLATFORM_ABOUT_MAX, PLATFORM_NAME_MAX, PLATFORM_WEBSITE_MAX } from '../../models/stream-platform.js';
import type { NewPlatform, ReaderContext } from '../catalogue.js';
import type { InputFile } from '../files.js';
import { csvRows } from '../rows.js';

/** Reads `platforms.csv`. Faults are collected, not thrown. */
export async function readCsvPlatforms(
  file: InputFile,
  { faults, progress }: ReaderContext,
): Promise<NewPlatform[]> {
  const platforms: NewPlatform[] = [];
  const lines = new Map<string, number>();
  const columns = ['name', 'about', 'website'] as const;
  const onBytes = (bytes: number) => progress.advance(bytes);
  for await (const rows of csvRows({ file, columns, faults, onBytes, disarmed: true })) {
    for (const row of rows) {
      const { name, about, website } = row.values;
      faults.addAll(row, {
        name: textFault(name, { max: PLATFORM_NAME_MAX }),
        about: textFault(about, { max: PLATFORM_ABOUT_MAX }),
        website: textFault(website, { max: PLATFORM_WEBSITE_MAX }) ?? urlFault(website),
      });
      const key = foldCase(name);
      const earlier = lines.get(key);
      if (earlier) faults.add(row, `the platform ${name} is in line ${earlier} too`, 'name');
      lines.set(key, earlier ?? row.line);
      platforms.push({ name, about, website });
    }
  }
  return platforms;
}
