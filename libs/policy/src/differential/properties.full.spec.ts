import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../decide.ts';
import type { Policy, Question, Statement } from '../types.ts';
import { changePolicies, changeStatements, withStatements } from './change.ts';
import { toContext } from './conditions.ts';
import { fromGen } from './from-gen.ts';
import { toPool, toQuestion } from './generate.ts';
import { isPossible, possible, someOf } from './possible.ts';
import { type Random, toRandom } from './random.ts';

const numRuns = 100_000;
const rank = { explicitlyDenied: 0, implicitlyDenied: 0, conditional: 1, allowed: 2, unknown: Number.NaN };

function access(question: Question): number {
  return rank[decide(question).outcome];
}

// To make the policies takes longest, so they are drawn from a few, of which fast-check looks for the simplest that fail.
const pools = Array.from({ length: 40 }, (_, seed) => toPool(toRandom(seed), 60));

function check(name: string, property: (question: Question, random: Random) => void): void {
  test(`${name}, in ${numRuns} cases`, () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const random = fromGen(gen);
        property(toQuestion(random, random.one(pools)), random);
      }),
      { numRuns, seed: 20261124 },
    );
  });
}

check('adding a deny never adds access', (question, random) => {
  const donor = random.one(pools).identity.flatMap(({ document }) => document.statements);
  const deny: Statement = { ...random.one(donor), effect: 'Deny' };
  const more = changePolicies(question, (policy) =>
    withStatements(policy, [...policy.document.statements, named(deny, policy)]),
  );

  expect(access(more)).toBeLessThanOrEqual(access(question));
});

check('adding an allow never removes access', (question, random) => {
  // A policy that becomes public may take access away from those whom it names (S31).
  if (question.facts?.s3?.publicAccessBlock) return;
  const donor = random.one(pools).identity.flatMap(({ document }) => document.statements);
  const allow: Statement = { ...random.one(donor), effect: 'Allow' };
  const more = changePolicies(question, (policy) =>
    withStatements(policy, [...policy.document.statements, named(allow, policy)]),
  );

  expect(access(more)).toBeGreaterThanOrEqual(access(question));
});

// A statement of another policy, which there names everyone.
function named(statement: Statement, { kind }: Policy): Statement {
  const everyone = { anyone: true, aws: [], service: [], federated: [], canonicalUser: [] };
  return ['identity', 'boundary', 'session', 'scp'].includes(kind) ? statement : { ...statement, principals: everyone };
}

check('order is neutral', (question) => {
  const turned = changePolicies(question, (policy) =>
    withStatements(policy, policy.document.statements.map(turn).toReversed()),
  );
  const { identity, scp } = turned.policies;
  const policies = { ...turned.policies, identity: identity.toReversed(), ...(scp && { scp: scp.toReversed() }) };

  expect(decide({ ...turned, policies }).outcome).toBe(decide(question).outcome);
});

function turn(statement: Statement): Statement {
  const { actions, resources, conditions } = statement;
  return {
    ...statement,
    ...(actions && { actions: actions.toReversed() }),
    ...(resources && { resources: resources.toReversed() }),
    conditions: conditions.map((one) => ({ ...one, values: one.values.toReversed() })).toReversed(),
  };
}

check('a boundary and an SCP only shrink', (question, random) => {
  const pool = random.one(pools);
  const before = access(question);
  const bounded = { ...question, policies: { ...question.policies, boundary: [random.one(pool.boundary)] } };
  const level = { target: 'more', policies: [random.one(pool.scp)] };
  const guarded = { ...question, policies: { ...question.policies, scp: [...(question.policies.scp ?? []), level] } };

  if (!question.policies.boundary) expect(access(bounded)).toBeLessThanOrEqual(before);
  expect(access(guarded)).toBeLessThanOrEqual(before);
});

check('the case of actions is neutral', (question) => {
  const upper = changeStatements(question, ({ actions, notActions, ...rest }) => [
    {
      ...rest,
      ...(actions && { actions: actions.map((action) => action.toUpperCase()) }),
      ...(notActions && { notActions: notActions.map((action) => action.toUpperCase()) }),
    },
  ]);

  expect(decide(upper).outcome).toBe(decide(question).outcome);
});

check('the case of ARNs is not', (question, random) => {
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:Orders';
  const resource = random.one([arn, arn.replace('Orders', 'Ord*'), arn.replace('Orders', 'Order?')]);
  const asked = changeStatements(question, (statement) =>
    statement.resources ? [{ ...statement, resources: [resource] }] : [],
  );
  const of = (name: string) => ({
    ...asked,
    request: { ...asked.request, action: 'sqs:SendMessage', resource: { arn: name, account: '111122223333' } },
  });
  const other = of(arn.replace('Orders', 'orders'));

  // Nothing names the other one, so that only what is not about resources could allow it.
  const silent = changeStatements(other, (statement) =>
    statement.effect === 'Allow' ? [] : [{ ...statement, resources: [] }],
  );
  expect(decide(other).outcome).toBe(decide(silent).outcome);
});

check('splitting a statement is neutral', (question) => {
  const split = changeStatements(question, (statement) => {
    const { actions = [undefined], resources = [undefined] } = statement;
    return actions.flatMap((action) =>
      resources.map((resource) => ({
        ...statement,
        ...(action !== undefined && { actions: [action] }),
        ...(resource !== undefined && { resources: [resource] }),
      })),
    );
  });

  expect(decide(split).outcome).toBe(decide(question).outcome);
});

check('widening a resource of an allow only adds access', (question) => {
  const widened = changeStatements(question, (statement) => [
    statement.effect === 'Allow' && statement.resources ? { ...statement, resources: ['*'] } : statement,
  ]);

  expect(access(widened)).toBeGreaterThanOrEqual(access(question));
});

check('more known context only narrows the answer, and what must be allowed may be', (question, random) => {
  const known = someOf(possible(question.knowledge.context), random);
  const context = { ...possible(toContext(random)), ...known };
  if (!isPossible(question, context)) return;
  const before = access({ ...question, knowledge: { context: known, rest: 'unknown' } });
  const after = access({ ...question, knowledge: { context, rest: 'absent' } });

  expect(after).not.toBe(rank.conditional);
  if (before !== rank.conditional) expect(after).toBe(before);
});
