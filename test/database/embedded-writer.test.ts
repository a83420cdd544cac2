import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { QueryTypes, type Transaction } from 'sequelize';
import { embeddedDriver, EmbeddedSequelize } from '../../src/database/embedded.js';

/** A driver that counts the connections that it opens. */
class CountedConnection extends embeddedDriver.Database {
  static opened = 0;

  constructor(...args: ConstructorParameters<typeof embeddedDriver.Database>) {
    super(...args);
    CountedConnection.opened += 1;
  }
}

const open = (file: string) =>
  new EmbeddedSequelize({
    dialect: 'sqlite',
    storage: file,
    dialectModule: { ...embeddedDriver, Database: CountedConnection },
    logging: false,
  });

describe("the embedded database's transactions", () => {
  let folder: string;
  let storage: string;
  let database: EmbeddedSequelize;

  const add = (id: number, transaction: Transaction) =>
    database.query(`INSERT INTO parents VALUES (${id})`, { transaction });
  const parents = async () => {
    const rows: { id: number }[] = await database.query('SELECT id FROM parents', {
      type: QueryTypes.SELECT,
    });
    return rows.map(({ id }) => id);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'marquee-writer-'));
    storage = join(folder, 'test.sqlite');
    database = open(storage);
    await database.query('CREATE TABLE parents (id INTEGER PRIMARY KEY)');
    await database.query(
      'CREATE TABLE children (parent_id INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)',
    );
    // Reads have a connection of their own, and so have writes outside of transactions.
    await parents();
    CountedConnection.opened = 0;
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it('share one connection, committed or rolled back', async () => {
    for (let id = 1; id <= 5; id += 1) {
      const transaction = await database.transaction();
      await add(id, transaction);
      await (id % 2 ? transaction.commit() : transaction.rollback());
    }
    expect(await parents()).to.deep.equal([1, 3, 5]);
    expect(CountedConnection.opened).to.equal(1);
  });

  it('have one each where they overlap', async () => {
    const first = await database.transaction();
    const second = await database.transaction();
    await add(1, first);
    await first.commit();
    await add(2, second);
    expect(await parents()).to.deep.equal([1]);
    await second.rollback();
    expect(await parents()).to.deep.equal([1]);
    expect(CountedConnection.opened).to.equal(2);
  });

  for (const ending of ['commit', 'rollback'] as const) {
    it(`take no statement of one that has ended by ${ending}`, async () => {
      const ended = await database.transaction();
      const { connection } = ended as unknown as { connection: { run: CallableFunction } };
      const late = (id: number) =>
        new Promise<Error | null>((done) => {
          connection.run(`INSERT INTO parents VALUES (${id})`, done);
        });
      const end = ended[ending]();
      // The statement that ends it is on its way; then it is over; then another has the connection.
      const whileItEnds = late(1);
      await end;
      const afterwards = late(2);
      const next = await database.transaction();
      const inTheNext = late(3);
      for (const refused of await Promise.all([afterwards, inTheNext]))
        expect(String(refused)).to.contain('the transaction is over');
      await next.commit();
      const accepted = (await whileItEnds) === null;
      expect(await parents()).to.deep.equal(accepted && ending === 'commit' ? [1] : []);
    });
  }

  it('leave the database free where a commit fails', async () => {
    const orphan = await database.transaction();
    await database.query('INSERT INTO children VALUES (9)', { transaction: orphan });
    const failure = await orphan.commit().then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(String(failure)).to.contain('FOREIGN KEY');
    const start = performance.now();
    const next = await database.transaction();
    await add(1, next);
    await next.commit();
    expect(performance.now() - start, 'no wait for the lock').to.be.below(5_000);
    expect(await parents()).to.deep.equal([1]);
    expect(await database.query('SELECT * FROM children', { type: QueryTypes.SELECT })).to.deep.equal([]);
  });

  it('find the database again once it can be opened', async () => {
    const late = join(folder, 'late.sqlite');
    mkdirSync(late);
    const other = open(late);
    const outcomes = async () =>
      (await Promise.allSettled([other.transaction(), other.query('SELECT 1')])).map(({ status }) => status);
    try {
      expect(await outcomes()).to.deep.equal(['rejected', 'rejected']);
      rmdirSync(late);
      const transaction = await other.transaction();
      await transaction.commit();
      await other.query('SELECT 1');
    } finally {
      await other.close();
    }
  });
});
