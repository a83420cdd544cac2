import type { Model, ModelStatic } from 'sequelize';
import { searchText } from '../search/words.js';

/**
 * Makes a model's `search_text` follow from the row as a save leaves it. Which of the attributes a save does not write is
 * read then: the record in memory may be older, or have been loaded without them.
 * @param attributes those with the words
 */
export function keepSearchText<M extends Model>(
  model: ModelStatic<M>,
  attributes: readonly [string, ...string[]],
): void {
  model.addHook('beforeSave', 'search text', async (record, { fields = [] }) => {
    if (!fields.includes('search_text')) return;
    const others = record.isNewRecord ? [] : attributes.filter((attribute) => !fields.includes(attribute));
    const stored = others.length > 0 && (await readAgain(record, others));
    const texts = attributes.map((attribute) =>
      stored && others.includes(attribute) ? stored.get(attribute) : record.get(attribute),
    );
    record.set('search_text', searchText(...(texts as (string | null | undefined)[])));
  });
}

/** A record's attributes as the database has them; its row stays locked. */
function readAgain(record: Model, attributes: string[]): Promise<Model | null> {
  const model = record.constructor as ModelStatic<Model>;
  return model.findByPk(record.get('id') as number, { attributes, lock: true });
}
