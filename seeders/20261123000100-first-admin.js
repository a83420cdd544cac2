import { ensureFirstAdmin } from '../dist/src/seeds/first-admin.js';

/** Makes the first admin where there is none; a random password is shown this once. */
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

/** Leaves the admin: the account is the operator's by now, and without it nobody could get in. */
export async function down() {}
