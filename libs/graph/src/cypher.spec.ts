import { expect, test } from 'vitest';
import { cypher } from './cypher.ts';

test('a query loses its indentation and nothing else', () => {
  const query = cypher`
    MATCH (n)
      WHERE n.id = $id

    RETURN n
  `;

  expect(query).toBe('MATCH (n)\n  WHERE n.id = $id\n\nRETURN n');
});

test('a value in a query does not compile, and is refused', () => {
  const id: string = 'x';

  // @ts-expect-error a value belongs in a parameter
  expect(() => cypher`MATCH (n {id: ${id}}) RETURN n`).toThrow('Cypher takes parameters, not values');
});
