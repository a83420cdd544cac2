import { z } from 'zod';

/** A part of the document. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

const INT32_MAX = 2 ** 31 - 1;

/** Which way a schema is looked at: what a client sends, or what it gets. */
type Direction = 'input' | 'output';

/**
 * What zod's own rendering lacks, or says at a length that helps no reader. Examples are called `example` in the
 * schemas' metadata: zod leaves `examples` out where a schema transforms what it reads.
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

/** The parts of the document that its operations share: each is there once, and is referred to by its name. */
export class Components {
  readonly schemas: JsonObject = {};
  readonly parameters: JsonObject = {};
  readonly headers: JsonObject = {};
  readonly responses: JsonObject = {};

  /** A zod schema in JSON Schema: a reference, where it has an `id` in its metadata. */
  schema(schema: z.ZodType, io: Direction): JsonObject {
    const rendered = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: polish });
    const text = JSON.stringify(rendered).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $schema: _dialect, $defs = {}, ...own } = JSON.parse(text) as JsonObject;
    Object.assign(this.schemas, $defs);
    return own;
  }

  /** Puts a part among the shared ones; the reference to it. */
  share(
    kind: 'schemas' | 'parameters' | 'headers' | 'responses',
    name: string,
    part: JsonObject,
  ): JsonObject {
    const known = this[kind][name];
    // The same name for another thing, such as each list's own `ordering`: that stays where it is used.
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part)) return part;
    this[kind][name] = part;
    return { $ref: `#/components/${kind}/${name}` };
  }

  /** What a reference refers to. */
  resolve(part: JsonObject): JsonObject {
    if (typeof part.$ref !== 'string') return part;
    const [, , kind, name] = part.$ref.split('/') as [string, string, 'schemas', string];
    return this[kind][name] as JsonObject;
  }

  /** An example of what a schema describes, put together from its fields' first examples. */
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

  /** A body of JSON, with an example. */
  json(schema: JsonObject, example: Json = this.exampleOf(schema)): JsonObject {
    return { 'application/json': { schema, example } };
  }
}
