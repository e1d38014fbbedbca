import type { PolicyJson, StatementJson } from './company.ts';

type Texts = string | readonly string[];
type More = Partial<StatementJson>;

/** A policy document of these statements. */
export function policy(...statements: readonly StatementJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement: statements };
}

/** A statement that allows actions on resources. */
export function allow(action: Texts, resource: Texts, more: More = {}): StatementJson {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

/** A statement that denies actions on resources. */
export function deny(action: Texts, resource: Texts, more: More = {}): StatementJson {
  return { Effect: 'Deny', Action: action, Resource: resource, ...more };
}

/** A trust policy that lets the principals assume the role. */
export function trust(principal: NonNullable<StatementJson['Principal']>, more: More = {}): PolicyJson {
  return policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
}
