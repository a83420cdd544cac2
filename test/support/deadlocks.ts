import { onMysql, type ScratchDatabase } from './scratch-database.js';

/** What InnoDB says of the last deadlock in this database, or '' where it has seen none. */
export async function lastDeadlock(database: Pick<ScratchDatabase, 'name' | 'rows'>): Promise<string> {
  if (!onMysql) return '';
  const [status] = await database.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS');
  const section =
    /LATEST DETECTED DEADLOCK\n-+\n([^]*?)\n-+\nTRANSACTIONS/.exec(status?.Status ?? '')?.[1] ?? '';
  // Others may use the same server: only what names this database counts.
  return section.includes(`\`${database.name}\``) ? section : '';
}
