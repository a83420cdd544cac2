/*
 * Before each read by a model, Sequelize asks SQLite for the columns of its table, to learn their types. They change with
 * migrations alone, so that each table is asked for once.
 */

/** Sequelize's question, whose quotes no other statement has. */
const QUESTION = /^PRAGMA table_info\(`/;

const SCHEMA_CHANGE = /^\s*(?:create|alter|drop)\b/i;

const END = /^(?:commit|rollback)\b/i;

/** The columns of each table, by the question for them. */
const known = new Map<string, object[]>();

/** Whether a transaction may have changed the schema: until its end, others read the one before. */
let isChanging = false;

/** Takes the answer to a statement. */
type Done = (error: Error | null, rows?: object[]) => void;

/**
 * Answers Sequelize's question for a table's columns from memory, where it has been answered before. Each statement of
 * this process must pass here, so that a change of the schema is seen.
 * @param statement the SQL, its parameters, and the callback that takes its rows
 * @returns the statement to send; undefined where it has been answered
 */
export function withKnownColumns(statement: unknown[]): unknown[] | undefined {
  const [sql] = statement as [string];
  if (QUESTION.test(sql)) return ask(sql, statement[1] as Done);
  if (SCHEMA_CHANGE.test(sql)) {
    isChanging = true;
    known.clear();
  } else if (isChanging && END.test(sql)) {
    return [...statement.slice(0, -1), forgetting(statement.at(-1) as Done)];
  }
  return statement;
}

function ask(sql: string, done: Done): unknown[] | undefined {
  const columns = known.get(sql);
  if (columns) {
    done(null, columns);
    return undefined;
  }
  const note: Done = (error, rows) => {
    if (rows?.length && !isChanging) known.set(sql, rows);
    done(error, rows);
  };
  return [sql, note];
}

/** The callback of a transaction's end, after which columns are as they stay. */
function forgetting(done: Done): Done {
  return function ended(this: unknown, ...answer) {
    isChanging = false;
    known.clear();
    done.apply(this, answer);
  };
}
