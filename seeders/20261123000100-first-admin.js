import { ensureFirstAdmin } from '../dist/src/seeds/first-admin.js';

/** Creates the first admin if there is none. A random password is shown only here. */
export async function up() {
  const admin = await ensureFirstAdmin();
  if (admin?.password) {
    console.log(
      `\nFirst admin: username ${admin.username}, password ${admin.password} (shown only this once)\n`,
    );
  } else if (admin) {
    console.log(`\nFirst admin: username ${admin.username}, with the password of ADMIN_PASSWORD\n`);
  }
}

/** Keeps the admin: the account belongs to the operator, and without it nobody could log in. */
export async function down() {}
