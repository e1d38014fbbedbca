import type { ExplainAnswer } from '@ag/access';
import { expect, test } from 'vitest';
import { ask, asOf, user } from '../fixtures.ts';

const scp = { policy: 'arn:aws:organizations::aws:policy/p-1', kind: 'scp', index: 0 } as const;
const explanation: ExplainAnswer['explanation'] = {
  decision: { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [scp] },
  layers: [
    {
      layer: 'scp',
      target: 'arn:aws:organizations::1:ou/o-1/ou-1',
      verdict: 'mayDeny',
      statements: [
        { statement: scp, effect: 'Deny', match: 'maybe', failed: 'condition', because: 'aws:SourceIp is open' },
      ],
    },
    { layer: 'boundary', verdict: 'notApplicable', statements: [], because: 'none is attached' },
  ],
  warnings: ['the action has a new name'],
  suggestions: [{ layer: 'identity', statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } }],
};

test('an explanation comes layer by layer, with what would let the request pass', async () => {
  const { decision } = explanation;
  const answer: ExplainAnswer = {
    principal: user('ana'),
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    decision: { outcome: 'explicitlyDenied', by: [scp] },
    explanation,
    ways: [{ as: user('ben'), path: [], explanation: { decision, layers: [], warnings: [] } }],
    asOf,
    gaps: [],
  };

  const given = await ask(
    `{ explain(principal: "ana", action: "s3:GetObject", resource: "arn:aws:s3:::b/k") {
      principal { name } action resource asOf { id } gaps { action }
      decision { outcome text ... on ExplicitlyDeniedDecision { deniedBy { policyName kind index sid } } }
      explanation {
        decision { outcome text ... on ImplicitlyDeniedDecision { blockedAt mayBeDeniedBy { policyName } } }
        layers { layer target targetName verdict because statements { statement { policyName } effect match failed because } }
        warnings suggestions { layer target statement }
      }
      ways { as { name } path { edge } explanation { suggestions { layer } } }
    } }`,
    { index: { explain: async () => answer } },
  );

  expect(given).toEqual({
    data: {
      explain: {
        principal: { name: 'ana' },
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::b/k',
        asOf: { id: asOf.id },
        gaps: [],
        decision: {
          outcome: 'explicitlyDenied',
          text: 'denied by p-1 #0',
          deniedBy: [{ policyName: 'p-1', kind: 'scp', index: 0, sid: null }],
        },
        explanation: {
          decision: {
            outcome: 'implicitlyDenied',
            text: 'no allow in: identity',
            blockedAt: ['identity'],
            mayBeDeniedBy: [{ policyName: 'p-1' }],
          },
          layers: [
            {
              layer: 'scp',
              target: 'arn:aws:organizations::1:ou/o-1/ou-1',
              targetName: 'ou-1',
              verdict: 'mayDeny',
              because: null,
              statements: [
                {
                  statement: { policyName: 'p-1' },
                  effect: 'Deny',
                  match: 'maybe',
                  failed: 'condition',
                  because: 'aws:SourceIp is open',
                },
              ],
            },
            {
              layer: 'boundary',
              target: null,
              targetName: null,
              verdict: 'notApplicable',
              because: 'none is attached',
              statements: [],
            },
          ],
          warnings: ['the action has a new name'],
          suggestions: [
            {
              layer: 'identity',
              target: null,
              statement: '{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}',
            },
          ],
        },
        ways: [{ as: { name: 'ben' }, path: [], explanation: { suggestions: [] } }],
      },
    },
  });
});
