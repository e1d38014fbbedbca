import schema from '../../cases/gold/row.schema.json' with { type: 'json' };

/** The JSON Schema (2020-12) of a row. Unknown fields are errors: a misspelt one must never switch a test off. */
export const rowSchema: Readonly<Record<string, unknown>> = schema;
