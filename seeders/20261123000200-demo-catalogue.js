import { removeDemo } from '../dist/src/seeds/demo/remove-demo.js';
import { seedDemo } from '../dist/src/seeds/demo/seed-demo.js';

// The models' connection stays open: a running server uses it, and sequelize-cli exits by itself.

/** Adds the demo catalogue. */
export async function up() {
  await seedDemo();
}

/** Removes the demo catalogue, and nothing that others have added or changed. */
export async function down() {
  await removeDemo();
}
