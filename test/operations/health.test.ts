import { expect } from 'chai';
import { dialect } from '../../src/database/connection-options.js';
import { sequelize } from '../../src/database/database.js';
import { anonymous } from '../support/clients.js';
import { pendingMigrations } from '../../src/database/migrations.js';

describe('health', () => {
  it('/healthz is 200 while the process runs', async () => {
    expect((await anonymous.get('/healthz')).status).to.equal(200);
  });

  it('/readyz is 200 when the database answers and its migrations are current', async () => {
    expect(await pendingMigrations()).to.deep.equal([]);
    expect((await anonymous.get('/readyz')).status).to.equal(200);
  });

  it('/readyz is 503 while a migration is missing, and /healthz still 200', async () => {
    const name = '20261123001000-create-settings.js';
    await sequelize.query('DELETE FROM SequelizeMeta WHERE name = ?', { replacements: [name] });
    try {
      expect(await pendingMigrations()).to.deep.equal([name]);
      expect((await anonymous.get('/readyz')).status).to.equal(503);
      expect((await anonymous.get('/healthz')).status).to.equal(200);
    } finally {
      await sequelize.query('INSERT INTO SequelizeMeta (name) VALUES (?)', { replacements: [name] });
    }
    expect((await anonymous.get('/readyz')).status).to.equal(200);
  });

  if (dialect === 'mysql') return;
  // On MySQL the probes have a connection of their own: see the outages in test/resilience/.
  it('/readyz is 503 while the embedded database does not answer', async () => {
    const query = sequelize.query.bind(sequelize);
    sequelize.query = () => Promise.reject(new Error('gone'));
    try {
      const answer = await anonymous.get('/readyz');
      expect(answer.status).to.equal(503);
      expect(answer.text).not.to.include('gone');
    } finally {
      sequelize.query = query;
    }
  });
});
