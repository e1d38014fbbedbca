import { EC2Client } from '@aws-sdk/client-ec2';
import type { GraphEdge, ScopeContent, ScopeState } from '@ag/model';
import { defineResource } from '@ag/resource';
import { describe, expect, test } from 'vitest';
import { linkComputeRoles, needsOfLinks } from './link-compute-roles.ts';
import { createRunMemory } from './run-memory.ts';

const account = '111122223333';
const readAt = '2026-11-24T08:00:00.000Z';
const profile = `arn:aws:iam::${account}:instance-profile/web`;
const role = `arn:aws:iam::${account}:role/web`;
const instance = (region: string) => `arn:aws:ec2:${region}:${account}:instance/i-1`;

const machine = defineResource('Ec2Instance', { description: '', docs: '', scope: 'regional', client: EC2Client })
  .list('ec2:DescribeInstances', async function* () {})
  .node(() => '', {})
  .edge('USES', 'IamInstanceProfile', '', () => undefined)
  .edge('RUNS_AS', 'IamRole', '', () => undefined);
const registry = { definitions: [machine], readers: [] };

function content(
  region: string,
  resource: string,
  id: string,
  edge?: GraphEdge,
  state: ScopeState = 'complete',
): ScopeContent {
  return {
    scope: { connection: 'default', place: { partition: 'aws', account, region }, resource },
    state,
    readAt,
    nodes: state === 'complete' ? [{ id, labels: [resource], properties: { account, region } }] : [],
    edges: edge && state === 'complete' ? [edge] : [],
    gaps: [],
  };
}

function link(...contents: readonly ScopeContent[]) {
  const memory = createRunMemory([needsOfLinks(registry)]);
  for (const one of contents) memory.add(one);
  return linkComputeRoles(registry, memory, { connection: 'default', partition: 'aws', readAt });
}

function uses(region: string): GraphEdge {
  return { type: 'USES', from: instance(region), to: profile, properties: {} };
}

const profiles = (state: ScopeState = 'complete') =>
  content('global', 'IamInstanceProfile', profile, { type: 'CARRIES', from: profile, to: role, properties: {} }, state);

test('an instance runs as the role that its profile carries, each region by itself', () => {
  const found = link(
    content('eu-west-1', 'Ec2Instance', instance('eu-west-1'), uses('eu-west-1')),
    content('us-east-1', 'Ec2Instance', instance('us-east-1')),
    profiles(),
  );

  expect(found).toEqual([
    {
      scope: {
        connection: 'default',
        place: { partition: 'aws', account, region: 'eu-west-1' },
        resource: 'Ec2InstanceRole',
      },
      state: 'complete',
      readAt,
      nodes: [],
      edges: [{ type: 'RUNS_AS', from: instance('eu-west-1'), to: role, properties: {} }],
      gaps: [],
    },
    {
      scope: {
        connection: 'default',
        place: { partition: 'aws', account, region: 'us-east-1' },
        resource: 'Ec2InstanceRole',
      },
      state: 'complete',
      readAt,
      nodes: [],
      edges: [],
      gaps: [],
    },
  ]);
});

test('links are complete only where instances and profiles are', () => {
  const instances = (state: ScopeState) =>
    content('eu-west-1', 'Ec2Instance', instance('eu-west-1'), uses('eu-west-1'), state);

  const states = [
    link(instances('complete'), profiles('denied')),
    link(instances('timeout'), profiles()),
    link(instances('complete')),
  ].map(([first]) => [first?.state, first?.edges.length]);

  expect(states).toEqual([
    ['denied', 0],
    ['timeout', 0],
    ['skipped', 0],
  ]);
});

describe('while a profile is replaced', () => {
  const other = `arn:aws:iam::${account}:instance-profile/other`;
  const otherRole = `arn:aws:iam::${account}:role/other`;
  const machines = content('eu-west-1', 'Ec2Instance', instance('eu-west-1'), uses('eu-west-1'));
  const carries = content('global', 'IamInstanceProfile', other, {
    type: 'CARRIES',
    from: other,
    to: otherRole,
    properties: {},
  });

  function associations(region: string, state: string, scope: ScopeState = 'complete'): ScopeContent {
    const properties = { account, region, state };
    return {
      ...content(region, 'Ec2InstanceProfileAssociation', 'iip-assoc-1', undefined, scope),
      nodes: [{ id: 'iip-assoc-1', labels: ['Ec2InstanceProfileAssociation'], properties }],
      edges: [
        { type: 'ATTACHED_TO', from: 'iip-assoc-1', to: instance(region), properties: {} },
        { type: 'USES', from: 'iip-assoc-1', to: other, properties: {} },
      ],
    };
  }

  const rolesOf = (...contents: readonly ScopeContent[]) =>
    link(...contents).map(({ state, edges }) => [state, ...edges.map(({ to }) => to)]);

  test('an instance runs as the role that goes and as the one that comes', () => {
    expect(rolesOf(machines, associations('eu-west-1', 'disassociating'), profiles(), carries)).toEqual([
      ['complete', otherRole, role],
    ]);
  });

  test('what an association no longer gives is not its role', () => {
    expect(rolesOf(machines, associations('eu-west-1', 'disassociated'), profiles(), carries)).toEqual([
      ['complete', role],
    ]);
  });

  test('links are complete only where associations are', () => {
    expect(rolesOf(machines, associations('eu-west-1', 'associated', 'denied'), profiles(), carries)).toEqual([
      ['denied', otherRole, role],
    ]);
    expect(rolesOf(machines, associations('us-east-1', 'associated'), profiles(), carries)).toEqual([
      ['skipped', role],
    ]);
  });
});

test('a machine that is terminated runs as nobody', () => {
  const gone = content('eu-west-1', 'Ec2Instance', instance('eu-west-1'), uses('eu-west-1'));
  const nodes = gone.nodes.map((node) => ({ ...node, properties: { ...node.properties, state: 'terminated' } }));

  expect(link({ ...gone, nodes }, profiles()).map(({ state, edges }) => [state, edges])).toEqual([['complete', []]]);
});
