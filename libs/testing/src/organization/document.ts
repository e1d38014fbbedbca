/** A policy document as JSON, before it is text. */
export interface JsonDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly JsonStatement[];
}

export type OneOrMany = string | readonly string[];
export type JsonPrincipal = '*' | Readonly<Record<string, OneOrMany>>;
export type JsonCondition = Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;

export interface JsonStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: JsonPrincipal;
  readonly NotPrincipal?: JsonPrincipal;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: JsonCondition;
}

/** Texts of documents, equal ones the same string, so that many holders of one document cost little. */
export interface Texts {
  of(statements: readonly JsonStatement[], version?: string): string;
  share(text: string): string;
}

export function createTexts(): Texts {
  const known = new Map<string, string>();
  const share = (text: string): string => {
    const held = known.get(text);
    if (held !== undefined) return held;
    known.set(text, text);
    return text;
  };
  return {
    share,
    of: (Statement, Version = '2012-10-17') => share(JSON.stringify({ Version, Statement })),
  };
}

/** Joins condition blocks: what stands under one operator stands together. */
export function joinConditions(blocks: readonly JsonCondition[]): JsonCondition {
  const joined: Record<string, Record<string, OneOrMany>> = {};
  for (const block of blocks) {
    for (const [operator, keys] of Object.entries(block)) joined[operator] = { ...joined[operator], ...keys };
  }
  return joined;
}
