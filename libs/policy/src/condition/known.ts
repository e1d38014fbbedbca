import type { Principal } from '@ag/model';
import type { Facts, Knowledge } from '../types.ts';
import { impliedAbsences, impliedPresences } from './implied.ts';

/** What is known of one key. */
export type KeyState =
  | { readonly is: 'known'; readonly value: string | readonly string[] }
  | { readonly is: 'absent' }
  /** One of these values, and nobody can tell which (CL3). */
  | { readonly is: 'oneOf'; readonly values: readonly (string | readonly string[])[] }
  /** There; the value is a fixed text and then the session's name. */
  | { readonly is: 'prefixed'; readonly prefix: string }
  | { readonly is: 'present' }
  | { readonly is: 'unknown' };

/** Answers what is known of a key; names are compared without case (CL3). */
export interface Known {
  of(key: string): KeyState;
  /** What stands behind a prefix in the names of keys that are there, in lower case. */
  namesUnder(prefix: string): readonly string[];
}

const principalTag = 'aws:principaltag/';

/** Joins the supplied context with the tags of the principal; supplied keys win, session tags override the role's (IC7). */
export function toKnown(knowledge: Knowledge, facts: Facts = {}, principal?: Principal): Known {
  const table = new Map<string, KeyState>();
  // A closed world needs no such conclusions, and a row of one may hold any key.
  if (knowledge.rest === 'unknown') {
    for (const key of impliedAbsences(knowledge, principal)) table.set(key.toLowerCase(), { is: 'absent' });
    for (const key of impliedPresences(knowledge)) table.set(key.toLowerCase(), { is: 'present' });
    const { uniqueId } = facts.principal ?? {};
    const open = principal?.kind === 'role' || (principal?.kind === 'session' && knowledge.sessionName === 'unknown');
    if (open && uniqueId !== undefined) table.set('aws:userid', { is: 'prefixed', prefix: `${uniqueId}:` });
  }
  for (const key of knowledge.present ?? []) {
    // That the user id is there says less than its beginning.
    if (table.get(key.toLowerCase())?.is !== 'prefixed') table.set(key.toLowerCase(), { is: 'present' });
  }
  for (const key of knowledge.absent ?? []) table.set(key.toLowerCase(), { is: 'absent' });
  const { tags = {}, sessionTags = {} } = facts.principal ?? {};
  const open = knowledge.sessionTags === 'unknown';
  // A session tag may override a tag of the role, and cannot take it away (IC7).
  setTags(table, tags, (value) => (open ? { is: 'present' } : { is: 'known', value }));
  setTags(table, sessionTags, (value) => ({ is: 'known', value }));
  // A list of nothing is no key at all (SE1).
  for (const [key, value] of Object.entries(knowledge.context))
    table.set(
      key.toLowerCase(),
      value.length > 0 || typeof value === 'string' ? { is: 'known', value } : { is: 'absent' },
    );
  for (const key of ambiguousKeys(knowledge.context))
    table.set(key, { is: 'oneOf', values: valuesOf(knowledge.context, key) });
  const rest: KeyState = knowledge.rest === 'absent' ? { is: 'absent' } : { is: 'unknown' };
  // Tags that the inventory knows are all there are, unless a session may add some.
  const noTag: KeyState = facts.principal?.tags && !open ? { is: 'absent' } : rest;
  const prefixes = (knowledge.absentPrefixes ?? []).map((prefix) => prefix.toLowerCase());
  return {
    namesUnder: (prefix) =>
      [...table].flatMap(([name, { is }]) =>
        is !== 'absent' && name.startsWith(prefix.toLowerCase()) ? [name.slice(prefix.length)] : [],
      ),
    of: (key) => {
      const name = key.toLowerCase();
      const known = table.get(name);
      if (known) return known;
      if (prefixes.some((prefix) => name.startsWith(prefix))) return { is: 'absent' };
      return name.startsWith(principalTag) ? noTag : rest;
    },
  };
}

function setTags(
  table: Map<string, KeyState>,
  tags: Readonly<Record<string, string>>,
  toState: (value: string) => KeyState,
): void {
  for (const [key, value] of Object.entries(tags)) table.set(principalTag + key.toLowerCase(), toState(value));
  for (const key of ambiguousKeys(tags)) table.set(principalTag + key, { is: 'oneOf', values: valuesOf(tags, key) });
}

function valuesOf(
  values: Readonly<Record<string, string | readonly string[]>>,
  name: string,
): readonly (string | readonly string[])[] {
  return Object.entries(values).flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
}

/** Names, in lower case, that stand there twice with different values, differing by case only (CL3). */
export function ambiguousKeys(values: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  const seen = new Map<string, string | readonly string[]>();
  let ambiguous: string[] | undefined;
  for (const [key, value] of Object.entries(values)) {
    const name = key.toLowerCase();
    const before = seen.get(name);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) (ambiguous ??= []).push(name);
    seen.set(name, value);
  }
  return ambiguous ?? none;
}

const none: readonly string[] = [];
