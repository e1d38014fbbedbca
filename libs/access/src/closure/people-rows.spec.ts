import { expect, test } from 'vitest';
import { compileAccess } from '../compiled/compiled-access.ts';
import type { Decision } from '@ag/model';
import type { AccessRow } from '../answers.ts';
import { findAssumptions } from '../can-assume.ts';
import { candidatesFor } from '../candidates.ts';
import { rankOf } from '../combine.ts';
import type { Engine } from '../engine.ts';
import { allow, type DocumentJson, GraphFixture } from '../graph-fixture.ts';
import { readInventory } from '../inventory.ts';
import { loadCatalogue } from '../load-catalogue.ts';
import { allowFilter } from '../may-allow.ts';
import { findSteps } from '../paths.ts';
import { getAction, getTarget } from '../target.ts';
import { decideFor } from '../to-question.ts';
import { bestWay, waysFrom } from '../ways.ts';
import { peopleRows } from './people-rows.ts';

const account = '111111111111';
const queue = `arn:aws:sqs:eu-west-1:${account}:jobs`;

test('on random graphs the rows are those of a search from each person, paths and conditions included', async () => {
  const catalogue = await loadCatalogue();
  const seen = { allowed: 0, conditional: 0, unknown: 0, none: 0, named: 0, long: 0 };
  for (let seed = 1; seed <= 150; seed += 1) {
    const inventory = await readInventory(randomGraph(seed).source(), catalogue);
    const filter = allowFilter(inventory);
    const assumptions = findAssumptions(inventory, filter);
    const engine: Engine = {
      inventory,
      filter,
      access: compileAccess(inventory),
      assumptions,
      steps: findSteps(inventory, assumptions),
    };
    const target = getTarget(inventory, getAction(inventory, 'sqs:ReceiveMessage'), queue);
    const decisions = new Map(
      candidatesFor(inventory, target)
        .map((record) => [record.ref.id, decideFor(inventory, record, target)] as const)
        .filter(([, decision]) => rankOf(decision) !== undefined)
        // The order in which holders come must not matter.
        .reverse(),
    );
    let named = 0;
    const held = {
      decisions,
      decideAs: (as: Parameters<typeof decideFor>[1]) => {
        named += 1;
        return decideFor(inventory, as, target);
      },
    };

    const expected = oneByOne(engine, decisions, (as) => decideFor(inventory, as, target));
    expect(peopleRows(engine, held)).toEqual(expected);

    for (const { decision, path } of expected) {
      if (decision.outcome === 'allowed' || decision.outcome === 'conditional' || decision.outcome === 'unknown')
        seen[decision.outcome] += 1;
      if (path.length > 3) seen.long += 1;
    }
    seen.none += inventory.data.labelled('Person').length - expected.length;
    seen.named += named;
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

/** What each person reaches, searched person by person. */
function oneByOne(
  { inventory, steps }: Engine,
  decisions: ReadonlyMap<string, Decision>,
  decide: (as: Parameters<typeof decideFor>[1]) => Decision,
): readonly AccessRow[] {
  return inventory.data.labelled('Person').flatMap((person): readonly AccessRow[] => {
    const ways = waysFrom(inventory, steps, person.id).flatMap(({ as, path }) => {
      const decision = decisions.get(as.ref.id);
      if (!decision) return [];
      const again = decision.outcome === 'conditional' && as.principal.kind === 'session';
      return [{ path, decision: again ? decide(as) : decision }];
    });
    const best = bestWay(ways);
    const principal = steps.ref(person.id);
    return best && principal ? [{ principal, decision: best.decision, path: best.path }] : [];
  });
}

const people = ['ana', 'ben', 'cai', 'dia', 'eli', 'fay'];
const conditions: readonly object[] = [
  {},
  {},
  {},
  { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  { Condition: { StringLike: { 'aws:userid': '*:ana' } } },
  { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
];

/** People in groups, assigned to Identity Center's roles, from which other roles are reached in all directions. */
function randomGraph(seed: number): GraphFixture {
  const random = randomOf(seed);
  const pick = <Value>(values: readonly Value[], otherwise: Value): Value =>
    values[Math.floor(random() * values.length)] ?? otherwise;
  const graph = new GraphFixture().account(account);
  graph.resource(account, queue, 'SqsQueue');
  const names = Array.from({ length: 7 }, (_, at) => `role${at}`);
  const sets = ['Admin', 'Reader', 'Ops'].map((set) => `AWSReservedSSO_${set}_0123456789abcdef`);
  const arnOf = (name: string): string =>
    `arn:aws:iam::${account}:role${sets.includes(name) ? '/aws-reserved/sso.amazonaws.com/' : '/'}${name}`;
  const holds = (): Record<string, DocumentJson> => ({
    assume: allow('sts:AssumeRole', '*', pick(conditions, {})),
    ...(random() < 0.25 && { read: allow('sqs:ReceiveMessage', queue, pick(conditions, {})) }),
  });
  sets.forEach((name, at) => {
    const role = graph.role(account, name, signIn, {
      path: '/aws-reserved/sso.amazonaws.com/',
      policies: holds(),
      properties: { uniqueId: `AROA000000000000000${at}` },
    });
    const session = `arn:aws:sts::${account}:assumed-role/${name}`;
    graph.node(role, ['IamRole', 'AwsResource', 'Principal'], graph.propertiesOf(role), [session]);
  });
  for (const name of names) {
    const from = [...names, ...sets].filter((other) => other !== name && random() < 0.2);
    const sessions =
      random() < 0.3 ? [`arn:aws:sts::${account}:assumed-role/${pick(sets, '')}/${pick(people, '')}`] : [];
    const statements = [...from.map(arnOf), ...sessions].map((AWS) => ({
      Effect: 'Allow',
      Principal: { AWS },
      Action: 'sts:AssumeRole',
      ...pick(conditions, {}),
    }));
    const unread = random() < 0.1 ? { unread: ['iam:GetRolePolicy'], unreadPolicies: ['identity'] } : {};
    graph.role(
      account,
      name,
      { Version: '2012-10-17', Statement: statements },
      { policies: holds(), properties: unread },
    );
  }
  const groups = ['g1', 'g2'].map((name) =>
    graph.node(`arn:aws:identitystore:::group/${name}`, ['IdentityCenterGroup', 'AwsResource'], { name }),
  );
  const assign = (holder: string): void => {
    for (const set of sets) {
      if (random() < 0.35) graph.edge('ASSIGNED', holder, arnOf(set), { permissionSet: set, account });
    }
  };
  for (const person of people.map((name) => graph.person(name))) {
    for (const group of groups) if (random() < 0.4) graph.edge('MEMBER_OF', person, group);
    if (random() < 0.4) assign(person);
  }
  for (const group of groups) assign(group);
  return graph;
}

const signIn: DocumentJson = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_0_DO_NOT_DELETE` },
      Action: 'sts:AssumeRoleWithSAML',
    },
  ],
};

function randomOf(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
