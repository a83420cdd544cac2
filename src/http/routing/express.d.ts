import type { Credentials } from '../request/authentication.js';
import type { HeaderList } from '../response/headers.js';

declare global {
  namespace Express {
    interface Request {
      /** The id in `X-Request-Id` and in the log. */
      id: string;
      /** The checked credentials; undefined until they are checked, null if there are none. */
      credentials?: Credentials | null;
    }
    interface Response {
      /** Headers to send with the answer that no middleware has set. */
      pendingHeaders?: Readonly<HeaderList>;
    }
  }
}
