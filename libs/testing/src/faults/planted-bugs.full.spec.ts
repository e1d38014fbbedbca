import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { registry } from '@ag/collectors';
import type { ScopeContent } from '@ag/model';
import type { ListContext, Registry, ResourceDefinition } from '@ag/resource';
import { beforeAll, expect, inject, test } from 'vitest';
import { openArenas } from './arena.ts';
import { start } from './collect.ts';
import { type Fixture, makeFixture } from './fixture.ts';
import { type Injection, type Planted, everyInjection, runWith } from './nth-call.ts';

let fixture: Fixture;
let all: readonly Injection[];

beforeAll(async () => {
  const emulator = inject('awsEndpoint');
  await fetch(`${emulator}/moto-api/reset`, { method: 'POST' });
  fixture = await makeFixture(emulator);
  all = everyInjection(fixture);
});

/** The rules that a planted bug was caught by, at every call of the action. */
async function rulesBroken(action: string, kind: string, planted: Planted, planting: Registry = registry) {
  const arenas = await openArenas(fixture, planting);
  const rules = new Set<string>();
  for (const injection of all) {
    if (injection.call.action !== action || injection.type.kind !== kind || injection.type.lasts !== 'always') continue;
    const { violations } = await runWith(await arenas.around(injection.call), fixture.present, injection, planted);
    for (const { rule } of violations) rules.add(rule);
  }
  return [...rules].sort();
}

function planting(label: string, change: (definition: ResourceDefinition) => Partial<ResourceDefinition>): Registry {
  return {
    readers: [],
    definitions: registry.definitions
      .filter((definition) => definition.label === label)
      .map((definition) => ({ ...definition, ...change(definition) })),
  };
}

test('a planted bug is found: a denied listing that is taken for an empty one', async () => {
  const buggy = planting('SqsQueue', ({ list }) => ({
    list: {
      ...list,
      async *read(context: ListContext<unknown>) {
        try {
          yield* list.read(context);
        } catch {
          return;
        }
      },
    },
  }));

  expect(await rulesBroken('sqs:ListQueues', 'accessDenied', {}, buggy)).toEqual(['I1', 'I10', 'I2', 'I3']);
});

test('a planted bug is found: a page that cannot be had is taken for the last', async () => {
  const buggy = planting('SqsQueue', ({ list }) => ({
    list: {
      ...list,
      async *read(context: ListContext<unknown>) {
        try {
          yield* list.read(context);
        } catch {
          return;
        }
      },
    },
  }));

  expect(await rulesBroken('sqs:ListQueues', 'invalidNextToken', {}, buggy)).toEqual(['I1', 'I10', 'I2', 'I3']);
});

test('a planted bug is found: a listing that stops at an empty page', async () => {
  const buggy = planting('Ec2Vpc', ({ list }) => ({
    list: {
      ...list,
      async *read({ client }: ListContext<unknown>) {
        if (!(client instanceof EC2Client)) return;
        let NextToken: string | undefined;
        do {
          const page = await client.send(new DescribeVpcsCommand({ MaxResults: 1000, NextToken }));
          if (page.Vpcs?.length === 0) return;
          yield* page.Vpcs ?? [];
          ({ NextToken } = page);
        } while (NextToken !== undefined);
      },
    },
  }));

  expect(await rulesBroken('ec2:DescribeVpcs', 'emptyPage', {}, buggy)).toEqual(['I1', 'I10', 'I2', 'I3', 'recovery']);
});

test('a planted bug is found: a detail that could not be read and is taken for absent', async () => {
  const buggy = planting('KmsKey', ({ details }) => ({
    details: details.map((detail) => ({
      ...detail,
      read: (context: ListContext<unknown>, item: unknown) => detail.read(context, item).catch(() => undefined),
    })),
  }));

  expect(await rulesBroken('kms:GetKeyPolicy', 'accessDenied', {}, buggy)).toEqual(['I1', 'I10', 'I2']);
});

test('a planted bug is found: a scope that failed and says complete', async () => {
  const tamper = (content: ScopeContent): ScopeContent => ({ ...content, state: 'complete' });

  expect(await rulesBroken('sqs:ListQueues', 'throttle', { tamper })).toEqual(['I1', 'I2', 'I3']);
});

test('a planted bug is found: a scope that failed and is not spoken of', async () => {
  const tamper = (content: ScopeContent) => (content.state === 'complete' ? content : undefined);

  expect(await rulesBroken('sqs:ListQueues', 'throttle', { tamper })).toEqual(['I10']);
});

test('a planted bug is found: a gap that is swallowed', async () => {
  const tamper = (content: ScopeContent): ScopeContent => ({ ...content, gaps: [] });

  expect(await rulesBroken('sqs:ListQueues', 'throttle', { tamper })).toEqual(['I10']);
});

test('a planted bug is found: what was known is not carried forward', async () => {
  expect(await rulesBroken('sqs:ListQueues', 'accessDenied', { forgets: true })).toContain('I1');
});

test('a planted bug is found: a node that is nowhere', async () => {
  const tamper = (content: ScopeContent): ScopeContent => ({
    ...content,
    nodes: [...content.nodes, { id: 'arn:aws:sqs:eu-west-1:1:made-up', labels: ['SqsQueue'], properties: {} }],
  });

  expect(await rulesBroken('sqs:ListQueues', 'accessDenied', { tamper })).toEqual(['I2']);
});

test('a planted bug is found: a secret among what was read', async () => {
  const tamper = (content: ScopeContent): ScopeContent => ({
    ...content,
    gaps: content.gaps.map((gap) => ({ ...gap, message: start.secretAccessKey })),
  });

  expect(await rulesBroken('sqs:ListQueues', 'accessDenied', { tamper })).toEqual(['I14']);
});
