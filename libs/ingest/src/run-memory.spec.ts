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

test('a later phase sees what somebody needs, each once and in one order', () => {
  const memory = createRunMemory([
    { nodes: { Toy: (node) => (node.id === 'z' ? undefined : { ...node, properties: {} }) } },
    { edges: { HOLDS: (edge) => ({ ...edge, from: 'any' }) } },
  ]);
  memory.add(content('1', 'b', 'complete', ['z', 'y']));
  memory.add(content('1', 'a', 'complete', ['x']));
  memory.add(content('2', 'a', 'complete', ['x']));

  expect(memory.nodes('Toy')).toEqual(['x', 'y'].map((id) => ({ id, labels: ['Toy'], properties: {} })));
  expect(memory.edges('HOLDS')).toEqual(
    ['x', 'y', 'z'].map((to) => ({ type: 'HOLDS', from: 'any', to, properties: {} })),
  );
});

test('what two scopes tell of one node is joined', () => {
  const memory = createRunMemory([{ nodes: { Toy: (node) => node } }]);
  const [told] = content('1', 'a', 'complete', ['x']).nodes;
  memory.add(content('1', 'a', 'complete', ['x']));
  memory.add({
    ...content('1', 'b', 'complete', []),
    nodes: [{ id: 'x', labels: ['Toy'], properties: {}, aliases: ['y'] }],
  });

  expect(memory.nodes('Toy')).toEqual([{ ...told, aliases: ['y'] }]);
});

test('what nobody said to need is not taken for nothing', () => {
  const memory = createRunMemory([]);
  memory.add(content('1', 'b', 'complete', ['z']));

  expect(() => memory.nodes('Toy')).toThrow('nobody said to need `Toy`');
  expect(() => memory.edges('HOLDS')).toThrow('nobody said to need `HOLDS`');
});

test('a label is complete in an account where every one of its scopes is', () => {
  const memory = createRunMemory([]);
  memory.add(content('1', 'a', 'complete', []));
  memory.add(content('1', 'b', 'denied', []));
  memory.add(content('2', 'a', 'complete', []));

  expect(['1', '2', '3'].map((account) => memory.isComplete(account, 'Toy'))).toEqual([false, true, false]);
});
