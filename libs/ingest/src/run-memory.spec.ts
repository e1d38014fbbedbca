import type { ScopeContent, ScopeState } from '@ag/model';
import { expect, test } from 'vitest';
import { createRunMemory } from './run-memory.ts';

function content(account: string, region: string, state: ScopeState, ids: readonly string[]): ScopeContent {
  return {
    scope: { connection: 'default', place: { partition: 'aws', account, region }, resource: 'Toy' },
    state,
    readAt: '',
    nodes: ids.map((id) => ({ id, labels: ['Toy'], properties: { name: id, resourcePolicy: '{}' } })),
    edges: ids.map((id) => ({ type: 'HOLDS', from: account, to: id, properties: {} })),
    gaps: [],
  };
}

test('a later phase sees nodes and edges in one order, without the documents', () => {
  const memory = createRunMemory();
  memory.add(content('1', 'b', 'complete', ['z', 'y']));
  memory.add(content('1', 'a', 'complete', ['x']));

  expect(memory.nodes('Toy').map(({ id, properties }) => [id, Object.keys(properties)])).toEqual([
    ['x', ['name']],
    ['y', ['name']],
    ['z', ['name']],
  ]);
  expect(memory.edges('HOLDS').map(({ to }) => to)).toEqual(['x', 'y', 'z']);
  expect(memory.nodes('Other')).toEqual([]);
});

test('a label is complete in an account where every one of its scopes is', () => {
  const memory = createRunMemory();
  memory.add(content('1', 'a', 'complete', []));
  memory.add(content('1', 'b', 'denied', []));
  memory.add(content('2', 'a', 'complete', []));

  expect(['1', '2', '3'].map((account) => memory.isComplete(account, 'Toy'))).toEqual([false, true, false]);
});
