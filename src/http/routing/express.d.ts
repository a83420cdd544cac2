import type { Credentials } from '../request/authentication.js';
import type { HeaderList } from '../response/headers.js';

declare global {
  namespace Express {
    interface Request {
      /** What the answer's `X-Request-Id` and the log call it. */
      id: string;
      /** Who sent it; undefined until that is checked, null where nobody is named. */
      credentials?: Credentials | null;
    }
    interface Response {
      /** Headers still to be sent, where no middleware has set them. */
      pendingHeaders?: Readonly<HeaderList>;
    }
  }
}
