import { expect, test } from 'vitest';
import type { WhoCanAnswer } from './answers.ts';
import { compile } from './compile.ts';
import { allow, GraphFixture } from './graph-fixture.ts';

const a = '111111111111';
const b = '222222222222';
const outsider = '333333333333';
const intake = `arn:aws:lambda:eu-west-1:${a}:function:intake`;

/** Rows in short: who, and the outcome; root users are left out. */
function brief({ rows }: WhoCanAnswer): Record<string, string> {
  return Object.fromEntries(
    rows
      .filter(({ principal }) => principal.label !== 'AwsRootUser')
      .map(({ principal, decision }) => [principal.id, decision.outcome]),
  );
}

async function whoCan(graph: GraphFixture, action: string, resource: string): Promise<Record<string, string>> {
  return brief(await (await compile(graph.source())).whoCan({ action, resource }));
}

function letsIn(principal: string, resource: string) {
  return allow('lambda:InvokeFunction', resource, { Principal: { AWS: principal } });
}

/** A function, its version and its alias, of which each lets somebody else in. */
function functions() {
  const graph = new GraphFixture().account(a).account(b);
  const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map((name) => graph.user(a, name));
  const user = graph.user(a, 'all-of-it', { policies: { call: allow('lambda:InvokeFunction', `${intake}*`) } });
  const function_ = graph.user(a, 'function', { policies: { call: allow('lambda:InvokeFunction', intake) } });
  graph.resource(a, intake, 'LambdaFunction', letsIn(ana ?? '', intake));
  graph.resource(a, `${intake}:3`, 'LambdaFunctionVersion', letsIn(ben ?? '', `${intake}:3`));
  graph.resource(a, `${intake}:live`, 'LambdaFunctionAlias', letsIn(cleo ?? '', `${intake}:live`));
  for (const label of ['LambdaFunction', 'LambdaFunctionVersion', 'LambdaFunctionAlias']) graph.scope(a, label);
  return { graph, ana, ben, cleo, user, function_ };
}

test('a function, its version and its alias each have the policy of their own', async () => {
  const { graph, ana, ben, cleo, user, function_ } = functions();
  const call = (resource: string) => whoCan(graph, 'lambda:InvokeFunction', resource);

  expect(await call(intake)).toEqual({ [ana ?? '']: 'allowed', [user]: 'allowed', [function_]: 'allowed' });
  expect(await call(`${intake}:3`)).toEqual({ [ben ?? '']: 'allowed', [user]: 'allowed' });
  expect(await call(`${intake}:live`)).toEqual({ [cleo ?? '']: 'allowed', [user]: 'allowed' });
});

test('an alias whose listing was refused is not known, and one that is not there is no resource', async () => {
  const { graph, user } = functions();
  await expect(whoCan(graph, 'lambda:InvokeFunction', `${intake}:dead`)).rejects.toThrow('unknown resource');

  graph.scope(a, 'LambdaFunctionAlias', 'denied');

  // The alias may have a policy that lets anyone in, or that denies everyone.
  expect(await whoCan(graph, 'lambda:InvokeFunction', `${intake}:dead`)).toMatchObject({
    [user]: 'unknown',
    '*': 'unknown',
  });
  await expect(whoCan(graph, 'lambda:InvokeFunction', `${intake}:9`)).rejects.toThrow('unknown resource');
});

test('what a principal can do with a function, it is told of versions and aliases too', async () => {
  const { graph, user } = functions();
  const { rows } = await (await compile(graph.source())).whatCan({ principal: user });

  expect(rows.map(({ resource }) => resource).filter((resource) => resource.startsWith(intake))).toEqual([
    intake,
    `${intake}:3`,
    `${intake}:live`,
  ]);
});

test('a parameter is not a part of the one whose name its own begins with', async () => {
  const shop = `arn:aws:ssm:eu-west-1:${a}:parameter/shop`;
  const graph = new GraphFixture().account(a).account(b).scope(a, 'SsmParameter');
  const partner = graph.user(b, 'partner', { policies: { read: allow('ssm:GetParameter', '*') } });
  graph.resource(a, shop, 'SsmParameter', allow('ssm:GetParameter', shop, { Principal: { AWS: b } }));

  expect(await whoCan(graph, 'ssm:GetParameter', shop)).toEqual({ [partner]: 'allowed' });
  await expect(whoCan(graph, 'ssm:GetParameter', `${shop}/password`)).rejects.toThrow('unknown resource');
});

test('who else may use a shared document is unknown, and whom it is shared with is named', async () => {
  const id = `arn:aws:ssm:eu-west-1:${a}:document/restart`;
  const graph = new GraphFixture().account(a).account(b).scope(a, 'SsmDocument');
  const own = graph.user(a, 'own', { policies: { read: allow('ssm:GetDocument', '*') } });
  const other = graph.user(b, 'other', { policies: { read: allow('ssm:GetDocument', '*') } });
  graph.user(b, 'without');
  graph.resource(a, id, 'SsmDocument');
  graph.edge('SHARED_WITH', id, outsider);

  const answer = await whoCan(graph, 'ssm:GetDocument', id);

  expect(answer).toMatchObject({ [own]: 'allowed', [other]: 'unknown' });
  expect(Object.entries(answer).filter(([name]) => name.includes(outsider))).toEqual([[expect.any(String), 'unknown']]);
  expect(Object.keys(answer)).toHaveLength(3);
});

test('a project that RAM shares without a policy that was read is unknown to other accounts', async () => {
  const id = `arn:aws:codebuild:eu-west-1:${a}:project/firmware`;
  const graph = new GraphFixture().account(a).account(b).scope(a, 'CodebuildProject');
  const builder = graph.user(b, 'builder', { policies: { read: allow('codebuild:BatchGetProjects', '*') } });
  graph.resource(a, id, 'CodebuildProject');
  graph.edge('SHARES', `arn:aws:ram:eu-west-1:${a}:resource-share/1`, id);
  graph.edge('SHARED_WITH', `arn:aws:ram:eu-west-1:${a}:resource-share/1`, outsider);

  const answer = await whoCan(graph, 'codebuild:BatchGetProjects', id);

  expect(answer[builder]).toBe('unknown');
  expect(Object.entries(answer).filter(([name]) => name.includes(outsider))).toEqual([[expect.any(String), 'unknown']]);
});
