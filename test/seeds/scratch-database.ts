import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { QueryTypes, Sequelize } from 'sequelize';
import { ROOT } from '../../src/project-root.js';

/** How a command ended and what it wrote. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** A database without tables, and the commands that work on it in processes of their own. */
export interface ScratchDatabase {
  /** Rows of a plain SQL query, past every model. */
  rows<R extends object>(sql: string): Promise<R[]>;
  /** Runs a plain SQL statement, past every model. */
  write(sql: string): Promise<void>;
  /** How many rows a table has. */
  count(table: string, where?: string): Promise<number>;
  /** Runs `npx sequelize-cli` with this command and its options. */
  cli(command: string, env?: NodeJS.ProcessEnv): Promise<Outcome>;
  /** Calls a compiled module's function without arguments; what it gives is written to `stdout` as JSON. */
  call(module: string, name: string, env?: NodeJS.ProcessEnv): Promise<Outcome>;
  close(): Promise<void>;
}

/** A new SQLite file, or, where DATABASE_URL names a MySQL database, a new one beside it, so that no other test meets it. */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-seeds-'));
  const server = /^(mysql|mariadb):/.test(process.env.DATABASE_URL ?? '')
    ? process.env.DATABASE_URL
    : undefined;
  const url = server ? await freshMysql(server) : `sqlite:${join(folder, 'scratch.sqlite')}`;
  const sequelize = server
    ? new Sequelize(url, { logging: false })
    : new Sequelize({ dialect: 'sqlite', storage: join(folder, 'scratch.sqlite'), logging: false });

  const rows = <R extends object>(sql: string) => sequelize.query<R>(sql, { type: QueryTypes.SELECT });
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<Outcome>((resolve) => {
      // An empty variable counts as not set, so the defaults hold whatever the tests were started with.
      const unset = { ADMIN_USERNAME: '', ADMIN_PASSWORD: '', RATING_PRIOR_MEAN: '', RATING_PRIOR_VOTES: '' };
      const options = {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: 'test', ...unset, DATABASE_URL: url, ...env },
      };
      const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
        resolve({ status: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  return {
    rows,
    write: async (sql) => {
      await sequelize.query(sql);
    },
    count: async (table, where = '1 = 1') => {
      const [row] = await rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`);
      return (row as { n: number }).n;
    },
    cli: (command, env) =>
      run([join(ROOT, 'node_modules', '.bin', 'sequelize-cli'), ...command.split(' ')], env),
    call: (module, name, env) => {
      const script = `
        const { ${name} } = await import(${address(module)});
        console.log(JSON.stringify((await ${name}()) ?? null));
        await (await import(${address('src/database/database.js')})).closeDatabase();`;
      return run(['--input-type=module', '--eval', script], env);
    },
    close: async () => {
      if (server) await sequelize.query(`DROP DATABASE \`${sequelize.config.database}\``);
      await sequelize.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Makes the database `NAME_seeds` anew on the server of this one. */
async function freshMysql(neighbour: string): Promise<string> {
  const url = new URL(neighbour.replace(/^mariadb:/, 'mysql:'));
  const name = `${url.pathname.slice(1)}_seeds`;
  const server = new Sequelize(url.href, { logging: false });
  await server.query(`DROP DATABASE IF EXISTS \`${name}\``);
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await server.close();
  url.pathname = name;
  return url.href;
}

/** A compiled module's address, as a literal of a script. */
function address(path: string): string {
  return JSON.stringify(pathToFileURL(join(ROOT, 'dist', path)).href);
}
