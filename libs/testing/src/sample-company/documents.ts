import type { PolicyJson, StatementJson } from '../company.ts';

/** A policy document of today's grammar. */
export function policy(...statements: readonly StatementJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(action: string | readonly string[], resource: string | readonly string[] = '*'): StatementJson {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

export function deny(action: string | readonly string[], resource: string | readonly string[] = '*'): StatementJson {
  return { Effect: 'Deny', Action: action, Resource: resource };
}

/** A trust policy's statement: the principal may assume the role. */
export function trust(
  principal: Readonly<Record<string, string | readonly string[]>>,
  more: Partial<StatementJson> = {},
): StatementJson {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more };
}
