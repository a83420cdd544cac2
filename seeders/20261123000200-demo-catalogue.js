import { removeDemo } from '../dist/src/seeds/demo/remove-demo.js';
import { seedDemo } from '../dist/src/seeds/demo/seed-demo.js';

// The models' connection stays open: in a running server it is the server's, and sequelize-cli ends its process itself.

/** Adds the demo catalogue. */
export async function up() {
  await seedDemo();
}

/** Removes it again, and nothing that others have added or changed since. */
export async function down() {
  await removeDemo();
}
