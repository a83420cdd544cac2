import { expect } from 'chai';
import { sequelize } from '../../src/database/database.js';
import { currentTransaction } from '../../src/database/transaction-context.js';
import { transaction } from '../../src/database/transactions.js';
import { select, write } from '../../src/database/sql/statements.js';
import { batchLoader } from '../../src/database/sql/batch.js';
import { anonymous, asUser } from '../support/clients.js';
import { makeMovie } from '../support/factories.js';

/** Runs a statement that MySQL must prepare separately for each number. */
async function addOneTo(number: number): Promise<number> {
  const [row] = await select<{ sum: number }>(`SELECT ${number} + ? AS sum`, [1]);
  return Number(row?.sum);
}

const stored = () => select<{ value: string }>("SELECT value FROM settings WHERE name = 'statement'");

const here = () => currentTransaction() !== null;

describe('plain statements', () => {
  it('may be more than a connection keeps prepared, and each still returns its own result', async () => {
    const numbers = Array.from({ length: 250 }, (_, index) => index);
    for (let round = 0; round < 2; round += 1) {
      expect(await Promise.all(numbers.map(addOneTo))).to.deep.equal(numbers.map((number) => number + 1));
    }
  });

  it('write only in a transaction, and are rolled back with it', async () => {
    const sql = "INSERT INTO settings (name, value) VALUES ('statement', ?)";
    expect(await write(sql, ['outside']).catch((error: Error) => error.message)).to.contain('transaction');
    const failing = transaction(async () => {
      await write(sql, ['undone']);
      expect(await stored()).to.deep.equal([{ value: 'undone' }]);
      throw new Error('no');
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('no');
    expect(await stored()).to.deep.equal([]);
  });
});

describe('lookups in one tick of the event loop', () => {
  it('share statements, and each gets its own row', async () => {
    const asked: number[][] = [];
    const look = batchLoader(
      (row: { id: number }) => row.id,
      async (ids: number[]) => {
        asked.push(ids);
        return ids.filter((id) => id < 100).map((id) => ({ id }));
      },
    );
    const ids = [5, 3, 5, 200, ...Array.from({ length: 20 }, (_, index) => index + 10)];
    const rows = await Promise.all(ids.map(look));
    expect(rows.map((row) => row?.id ?? null)).to.deep.equal(ids.map((id) => (id < 100 ? id : null)));
    expect(asked.map((keys) => keys.length)).to.deep.equal([16, 8]);
    asked.length = 0;
    expect(await transaction(() => look(7))).to.deep.equal({ id: 7 });
    expect(asked, 'in a transaction').to.deep.equal([[7]]);
  });

  it("all fail with their statement's error, and later ones succeed", async () => {
    let broken = true;
    const look = batchLoader(
      (row: { id: number }) => row.id,
      async (ids: number[]) => {
        if (broken) throw new Error('away');
        return ids.map((id) => ({ id }));
      },
    );
    const reasons = await Promise.all([1, 2].map((id) => look(id).catch((error: Error) => error.message)));
    expect(reasons).to.deep.equal(['away', 'away']);
    broken = false;
    expect(await look(1)).to.deep.equal({ id: 1 });
  });

  it('answer concurrent requests, each with its own record', async () => {
    const movies = [];
    for (let index = 0; index < 12; index += 1) movies.push(await makeMovie());
    const ids = [...movies.map(({ id }) => id), 999_999, ...movies.map(({ id }) => id)];
    const answers = await Promise.all(ids.map((id) => anonymous.get(`/watch/watchlist/${id}/`)));
    expect(answers.map(({ status }) => status)).to.deep.equal(ids.map((id) => (id === 999_999 ? 404 : 200)));
    expect(answers.map(({ body }) => body.id)).to.deep.equal(
      ids.map((id) => (id === 999_999 ? undefined : id)),
    );
  });

  it('keep the owners of tokens apart', async () => {
    const clients = [];
    for (let index = 0; index < 6; index += 1) clients.push(await asUser());
    const all = [...clients, ...clients];
    const answers = await Promise.all(all.map((client) => client.get('/account/me/')));
    expect(answers.map(({ body }) => body.username)).to.deep.equal(all.map(({ user }) => user.username));
  });
});

describe('the async scope of a transaction', () => {
  it('is separate for each of many concurrent transactions', async () => {
    const outside: boolean[] = [];
    const bystander = setInterval(() => outside.push(here()), 1);
    const opened = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index % 7));
        const inside = await transaction(async () => {
          const own = currentTransaction();
          const seen: boolean[] = [];
          for (let turn = 0; turn < 5; turn += 1) {
            await sequelize.query('SELECT 1');
            seen.push(currentTransaction() === own && here());
          }
          return seen.every(Boolean);
        });
        return inside && !here();
      }),
    );
    clearInterval(bystander);
    expect(opened.every(Boolean)).to.equal(true);
    expect(outside.length).to.be.above(5);
    expect(outside.some(Boolean)).to.equal(false);
  });
});
