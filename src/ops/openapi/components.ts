import { z } from 'zod';

/** A part of the document. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

const INT32_MAX = 2 ** 31 - 1;

/** The side of a schema: the input that a client sends, or the output that it gets. */
type Direction = 'input' | 'output';

/**
 * Adjusts zod's rendering: adds what it lacks, and removes what only lengthens it. Examples are called `example` in the
 * schemas' metadata, since zod drops `examples` from a schema that transforms its input.
 */
function polish({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if ('example' in jsonSchema) {
    jsonSchema.examples = [jsonSchema.example];
    delete jsonSchema.example;
  }
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  if (jsonSchema.type === 'integer')
    jsonSchema.format = (jsonSchema.maximum ?? Infinity) <= INT32_MAX ? 'int32' : 'int64';
}

/** The components of the document: parts that operations share, and refer to by name. */
export class Components {
  readonly schemas: JsonObject = {};
  readonly parameters: JsonObject = {};
  readonly headers: JsonObject = {};
  readonly responses: JsonObject = {};

  /** Renders a zod schema as JSON Schema: as a reference, if its metadata has an `id`. */
  schema(schema: z.ZodType, io: Direction): JsonObject {
    const rendered = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: polish });
    const text = JSON.stringify(rendered).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $schema: _dialect, $defs = {}, ...own } = JSON.parse(text) as JsonObject;
    Object.assign(this.schemas, $defs);
    return own;
  }

  /**
   * Adds a part to the components.
   * @returns a reference to it, or the part itself if the name is taken by another
   */
  share(
    kind: 'schemas' | 'parameters' | 'headers' | 'responses',
    name: string,
    part: JsonObject,
  ): JsonObject {
    const existing = this[kind][name];
    // The name is taken, as with each list's own `ordering`: such a part stays where it is used.
    if (existing !== undefined && JSON.stringify(existing) !== JSON.stringify(part)) return part;
    this[kind][name] = part;
    return { $ref: `#/components/${kind}/${name}` };
  }

  /** The target of a reference. */
  resolve(part: JsonObject): JsonObject {
    if (typeof part.$ref !== 'string') return part;
    const [, , kind, name] = part.$ref.split('/') as [string, string, 'schemas', string];
    return this[kind][name] as JsonObject;
  }

  /** An example of a schema, composed of its fields' first examples. */
  exampleOf(schema: JsonObject): Json {
    const { examples, properties, items, anyOf } = this.resolve(schema) as {
      examples?: Json[];
      properties?: { [name: string]: JsonObject };
      items?: JsonObject;
      anyOf?: JsonObject[];
    };
    if (examples?.[0] !== undefined) return examples[0];
    if (anyOf?.[0]) return this.exampleOf(anyOf[0]);
    if (items) return [this.exampleOf(items)];
    if (properties) {
      return Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, this.exampleOf(property)]),
      );
    }
    throw new Error(`A schema has no example: ${JSON.stringify(schema)}`);
  }

  /** The content of a JSON body, with an example. */
  json(schema: JsonObject, example: Json = this.exampleOf(schema)): JsonObject {
    return { 'application/json': { schema, example } };
  }
}
