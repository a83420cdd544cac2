import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../src/project-root.js';

const FILE = join(ROOT, 'bench', 'RESULTS.md');
const TITLE = `# Results of npm run bench

Each part says when and where it was measured; \`npm run bench\` measures anew and replaces them.
`;

/** The results of one benchmark in Markdown. */
export interface Section {
  title: string;
  lines: string[];
}

type Cell = string | number;

/** Prints and returns the lines of a Markdown table. */
export function table(head: string[] | null, rows: Cell[][] = []): string[] {
  const line = (cells: Cell[]) => `| ${cells.join(' | ')} |`;
  const lines = [...(head ? [line(head), line(head.map(() => '---'))] : []), ...rows.map(line)];
  for (const one of lines) console.log(one);
  return lines;
}

/** Writes a part to RESULTS.md, replacing one with the same title. */
export async function write(
  { title, lines }: Section,
  how: { command: string; databases: string },
): Promise<void> {
  const parts = existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .split(/^(?=## )/m)
        .slice(1)
    : [];
  const heading = `## ${title}\n`;
  const part = `${heading}\n${circumstances(how)}\n\n${lines.join('\n')}\n`;
  const index = parts.findIndex((old) => old.startsWith(heading));
  if (index < 0) parts.push(part);
  else parts[index] = part;
  const text = `${TITLE}\n${parts.map((one) => one.trimEnd()).join('\n\n')}\n`;
  writeFileSync(FILE, await format(text, { ...(await resolveConfig(FILE)), filepath: FILE }));
}

function circumstances({ command, databases }: { command: string; databases: string }): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const processor = cpus()[0]?.model ?? 'unknown';
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, Node ${process.version}, ${databases}, ${availableParallelism()} cores (${processor}), ${memory} GB. Command: \`${command}\`.`;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
