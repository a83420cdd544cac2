import { connectionOptions } from './database.js';

/** What sequelize-cli connects with: the app's own database and the app's own record of migrations and seeders. */
export default { ...connectionOptions, seederStorage: 'sequelize', logging: false };
