import type { PathsAnswer, PathsQuestion } from '@ag/access';
import { UserError, exitCode } from '@ag/model';
import { expect, test } from 'vitest';
import { ask, asOf, user } from '../fixtures.ts';

const role = 'arn:aws:iam::111122223333:role/admin';
const decision = {
  outcome: 'conditional',
  when: { is: 'present', key: 'aws:SourceIp' },
  text: 'aws:SourceIp is there',
  checked: true,
  grants: [],
} as const;

test('paths come with each step and what it depends on', async () => {
  const asked: PathsQuestion[] = [];
  const answer: PathsAnswer = {
    from: user('ana'),
    to: role,
    paths: [
      {
        from: user('ana'),
        hops: [{ from: user('ana').id, edge: 'CAN_ASSUME', to: role, decision, sentence: 'ana can assume role admin' }],
        decision,
      },
    ],
    more: 'maybe',
    asOf,
    gaps: [],
  };
  const index = {
    paths: (question: PathsQuestion) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
  };

  const given = await ask(
    `{ paths(from: "ana", to: "admin", depth: 3, certainty: conditional, withoutKeys: ["aws:x"],
        context: [{ key: "aws:SourceIp", values: ["10.0.0.1"] }]) {
      from { name } to action more asOf { id } gaps { action }
      paths { from { name } hops { fromName edge toName sentence decision { outcome } } decision { outcome text } }
    } }`,
    { index },
  );

  expect(given).toEqual({
    data: {
      paths: {
        from: { name: 'ana' },
        to: role,
        action: null,
        more: 'maybe',
        asOf: { id: asOf.id },
        gaps: [],
        paths: [
          {
            from: { name: 'ana' },
            hops: [
              {
                fromName: 'ana',
                edge: 'CAN_ASSUME',
                toName: 'admin',
                sentence: 'ana can assume role admin',
                decision: { outcome: 'conditional' },
              },
            ],
            decision: { outcome: 'conditional', text: 'aws:SourceIp is there' },
          },
        ],
      },
    },
  });
  expect(asked).toEqual([
    {
      from: 'ana',
      to: 'admin',
      k: 5,
      depth: 3,
      certainty: 'conditional',
      withoutKeys: ['aws:x'],
      action: undefined,
      context: { 'aws:SourceIp': '10.0.0.1' },
    },
  ]);
});

test('a name that nobody bears is an error with a sentence', async () => {
  const index = {
    paths: () => Promise.reject(new UserError('unknown principal `an`; did you mean `ana`?', exitCode.usage)),
  };

  expect(await ask(`{ paths(from: "an", to: "admin") { more } }`, { index })).toMatchObject({
    errors: [{ message: 'unknown principal `an`; did you mean `ana`?', path: ['paths'] }],
  });
});
