import { onMysql, type ScratchDatabase } from './scratch-database.js';

/** InnoDB's report of the last deadlock in this database; '' where there was none. */
export async function lastDeadlock(database: Pick<ScratchDatabase, 'name' | 'rows'>): Promise<string> {
  if (!onMysql) return '';
  const [status] = await database.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS');
  const section =
    /LATEST DETECTED DEADLOCK\n-+\n([^]*?)\n-+\nTRANSACTIONS/.exec(status?.Status ?? '')?.[1] ?? '';
  // The server may have other users: only a report that names this database counts.
  return section.includes(`\`${database.name}\``) ? section : '';
}
