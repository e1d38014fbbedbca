import type { GraphNode, Place } from '@ag/model';
import { expect, test } from 'vitest';
import { toScopeContent } from './scope-content.ts';

const place: Place = { partition: 'aws', account: '111122223333', region: 'global' };
const about = { connection: 'default', place, readAt: '2026-11-24T08:00:00.000Z' };

function node(id: string, properties: GraphNode['properties'] = {}): GraphNode {
  return { id, labels: ['Toy', 'AwsResource'], properties };
}

function content(nodes: readonly GraphNode[], edges: Parameters<typeof toScopeContent>[0]['edges'] = []) {
  return toScopeContent({ resource: 'Toy', state: 'complete', nodes, edges, gaps: [] }, about);
}

test('an account owns what was read in it', () => {
  expect(content([node('arn:aws:s3:::bucket')])).toEqual({
    scope: { connection: 'default', place, resource: 'Toy' },
    state: 'complete',
    readAt: '2026-11-24T08:00:00.000Z',
    nodes: [node('arn:aws:s3:::bucket', { account: '111122223333' })],
    edges: [{ type: 'OWNS', from: '111122223333', to: 'arn:aws:s3:::bucket', properties: {} }],
    gaps: [],
  });
});

test('what is shared belongs to the account in its ARN, and what is AWS’s own to nobody', () => {
  const shared = 'arn:aws:ec2:eu-west-1:444455556666:security-group/sg-1';
  const ofAws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const statement: GraphNode = { id: 'x#resource/0', labels: ['PolicyStatement'], properties: {} };

  const { edges } = content([node(shared), node(ofAws), statement]);

  expect(edges).toEqual([{ type: 'OWNS', from: '444455556666', to: shared, properties: {} }]);
});

test('equal answers give equal contents, whatever the order and however often', () => {
  const [a, b, b2] = [node('arn:a', { x: 1 }), node('arn:b', { x: 1 }), node('arn:b', { x: 2 })];
  const [e, f] = [
    { type: 'USES', from: 'arn:a', to: 'arn:b', properties: {} },
    { type: 'USES', from: 'arn:b', to: 'arn:a', properties: {} },
  ];

  const one = content([a, b, b2, a], [e, f, e]);
  const other = content([b2, a, b], [f, e]);

  expect(other).toEqual(one);
  expect(one.nodes.map(({ id }) => id)).toEqual(['arn:a', 'arn:b']);
  expect(one.edges).toHaveLength(4);
});
