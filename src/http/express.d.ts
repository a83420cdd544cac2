import type { Credentials } from './authentication.js';

declare global {
  namespace Express {
    interface Request {
      /** Who sent it; undefined until that is checked, null where nobody is named. */
      credentials?: Credentials | null;
    }
  }
}
