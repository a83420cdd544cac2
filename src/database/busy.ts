import { ConnectionError } from 'sequelize';

/** Another transaction has held a lock, or the turn to write, for too long. Nothing was written. */
export class Busy extends ConnectionError {
  override name = 'Busy';

  /** @param reason what has not ended in time, for the log */
  constructor(reason = 'another transaction holds the lock of a row') {
    super(new Error(reason));
  }
}
