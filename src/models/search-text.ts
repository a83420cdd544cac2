import type { Model, ModelStatic } from 'sequelize';
import { searchText } from '../search/words.js';

/**
 * Derives a model's `search_text` from the row that a save leaves. Attributes that the save does not write are read from
 * the database: the record in memory may be stale, or loaded without them.
 * @param attributes those with the searchable text
 */
export function keepSearchText(model: ModelStatic<Model>, attributes: readonly string[]): void {
  model.addHook('beforeSave', 'search text', async (record, { fields = [] }) => {
    if (![...attributes, 'search_text'].some((attribute) => fields.includes(attribute))) return;
    const unwritten = record.isNewRecord ? [] : attributes.filter((attribute) => !fields.includes(attribute));
    const stored = unwritten.length > 0 ? await readAgain(record, unwritten) : null;
    setSearchText(record, attributes, (attribute) =>
      (stored && unwritten.includes(attribute) ? stored : record).get(attribute),
    );
    if (!fields.includes('search_text')) fields.push('search_text');
  });
  model.addHook('beforeBulkCreate', 'search text', (records) => {
    for (const record of records) setSearchText(record, attributes);
  });
}

/**
 * Sets a record's `search_text` from its texts.
 * @param textOf reads one of them; from the record by default
 */
export function setSearchText(
  record: Model,
  attributes: readonly string[],
  textOf = (attribute: string) => record.get(attribute),
): void {
  const texts = attributes.map(textOf) as (string | null | undefined)[];
  record.set('search_text', searchText(...texts));
}

/** Reads attributes from the database; the row stays locked. */
function readAgain(record: Model, attributes: string[]): Promise<Model | null> {
  const model = record.constructor as ModelStatic<Model>;
  return model.findByPk(record.get('id') as number, { attributes, lock: true });
}
