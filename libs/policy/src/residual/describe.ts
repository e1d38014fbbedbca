import type { Residual } from '@ag/model';
import { sessionNameKey } from '../condition/session-name.ts';
import { type Predicate, describeSet, describeTest, subjectOf, toPredicate } from './describe-test.ts';

/**
 * One line for people: `aws:SourceIp is in 203.0.113.0/24 and aws:MultiFactorAuthPresent is true`. Of a key in `there` it is
 * known that every request has it, so that nothing is said of its absence.
 */
export function describeResidual(residual: Residual, there: readonly string[] = []): string {
  const known = new Set([sessionNameKey, ...there.map((key) => key.toLowerCase())]);
  return describe(residual, known).text;
}

/** A line, and how it is joined, so that it gets brackets inside the other kind. */
interface Line {
  readonly text: string;
  readonly joined?: 'and' | 'or';
}

type Known = ReadonlySet<string>;

function describe(residual: Residual, there: Known): Line {
  switch (residual.is) {
    case 'true':
      return { text: 'always' };
    case 'false':
      return { text: 'never' };
    case 'present':
    case 'absent':
    case 'test':
      return describeAll([residual], there);
    case 'not':
      if (residual.of.is === 'test') return describeAll([residual], there);
      return { text: `not (${describe(residual.of, there).text})` };
    case 'all':
      return describeAll(residual.of, there);
    case 'any':
      return describeAny(residual.of, there);
  }
}

/** Parts that must all hold; what is said of one key is said in one place. */
function describeAll(parts: readonly Residual[], there: Known): Line {
  return joinLines(
    byKey(parts, there).map((group) => describeKeyAll(group, there)),
    'and',
  );
}

function describeAny(parts: readonly Residual[], there: Known): Line {
  return joinLines(
    byKey(parts, there).map((group) => describeKeyAny(group, there)),
    'or',
  );
}

function joinLines(lines: readonly Line[], joined: 'and' | 'or'): Line {
  const [first] = lines;
  if (first && lines.length === 1) return first;
  const texts = lines.map((line) =>
    line.joined !== undefined && line.joined !== joined ? `(${line.text})` : line.text,
  );
  return { text: texts.join(` ${joined} `), joined };
}

/** What is said of one key, or a part of another kind. */
type Group =
  | { readonly key: string; readonly predicates: Predicate[]; readonly absent: boolean; readonly present: boolean }
  | { readonly line: Line };

function byKey(parts: readonly Residual[], there: Known): readonly Group[] {
  const groups: Group[] = [];
  const keys = new Map<string, { key: string; predicates: Predicate[]; absent: boolean; present: boolean }>();
  const of = (key: string) => {
    const found = keys.get(key.toLowerCase());
    if (found) return found;
    const group = { key, predicates: [], absent: false, present: false };
    keys.set(key.toLowerCase(), group);
    groups.push(group);
    return group;
  };
  for (const part of parts) {
    if (part.is === 'present') of(part.key).present = true;
    else if (part.is === 'absent') of(part.key).absent = true;
    else {
      const predicate = toPredicate(part);
      if (predicate) of(predicate.key).predicates.push(predicate);
      else groups.push({ line: describeOther(part, there) });
    }
  }
  return groups;
}

function describeOther(part: Residual, there: Known): Line {
  if (part.is === 'test') return { text: describeTest(part.test, true) };
  if (part.is !== 'not' || part.of.is !== 'test') return describe(part, there);
  const { test } = part.of;
  // A failed ForAllValues is true for a missing key as well.
  const text = describeTest(test, false);
  if (test.set !== 'ForAllValues' || there.has(test.key.toLowerCase())) return { text };
  return { text: `${subjectOf(test.key)} is absent or ${describeSet(test)}`, joined: 'or' };
}

function describeKeyAll(group: Group, there: Known): Line {
  if ('line' in group) return group.line;
  const { key, predicates, absent, present } = group;
  const subject = subjectOf(key);
  const texts = predicates.map(({ text }) => text);
  if (absent) return { text: `${subject} is ${['absent', ...texts].join(' and ')}` };
  if (present) return { text: `${subject} is ${['present', ...texts].join(' and ')}` };
  // A positive test needs the key; negated ones alone are true without it.
  if (predicates.some(({ positive }) => positive) || there.has(key.toLowerCase()))
    return { text: `${subject} is ${texts.join(' and ')}` };
  const rest =
    texts.length > 1 ? `neither ${texts.map((text) => text.replace(/^not /, '')).join(' nor ')}` : texts.join('');
  return { text: `${subject} is absent or ${rest}`, joined: 'or' };
}

function describeKeyAny(group: Group, there: Known): Line {
  if ('line' in group) return group.line;
  const { key, predicates, absent, present } = group;
  const without = absent || (predicates.some(({ positive }) => !positive) && !there.has(key.toLowerCase()));
  const texts = [
    ...(without ? ['absent'] : []),
    ...(present ? ['present'] : []),
    ...predicates.map(({ text }) => text),
  ];
  return { text: `${subjectOf(key)} is ${texts.join(' or ')}`, ...(texts.length > 1 && { joined: 'or' as const }) };
}
