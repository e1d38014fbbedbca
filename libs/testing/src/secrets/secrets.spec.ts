import { registry } from '@ag/collectors';
import { type Registry, defineResource, string } from '@ag/resource';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { collectPlanted } from './collect-planted.ts';
import { plantSecrets } from './plant.ts';
import { canaryOf, findSecrets, secretKinds } from './secret-kinds.ts';

test('no secret of any kind is kept by any definition or reader, in no file, log, gap or row (I14)', async () => {
  const planted = plantSecrets(registry);

  await collectPlanted(planted.registry, async ({ contents, log, files }) => {
    const kept = [...files].flatMap(([file, text]) => findSecrets(text).map((kind) => `${kind} in ${file}`));
    const told = contents.flatMap(({ scope, gaps }) =>
      gaps.flatMap((gap) => findSecrets(JSON.stringify(gap)).map((kind) => `${kind} in a gap of ${scope.resource}`)),
    );
    const rows = contents.flatMap(({ scope, nodes, edges }) =>
      findSecrets(JSON.stringify([nodes, edges])).map((kind) => `${kind} in ${scope.resource}`),
    );
    expect([...kept, ...told, ...rows, ...findSecrets(log).map((kind) => `${kind} in the log`)]).toEqual([]);
  });
}, 60_000);

test('every definition and reader was really asked, and made something of the answers', async () => {
  const planted = plantSecrets(registry);

  await collectPlanted(planted.registry, async ({ contents }) => {
    const listed = registry.definitions.map(({ list }) => list.action.split(':')[1] ?? '');
    const silent = registry.definitions
      .filter(
        ({ label }) =>
          !contents.some(({ scope, nodes, gaps }) => scope.resource === label && (nodes.length > 0 || gaps.length > 0)),
      )
      .map(({ label }) => label);

    expect(planted.operations().length).toBeGreaterThanOrEqual(new Set(listed).size);
    expect(silent).toEqual([]);
    expect(contents.flatMap(({ nodes }) => nodes).length).toBeGreaterThan(registry.definitions.length);
  });
}, 60_000);

test('a definition that keeps what it should not is found, by kind and by file', async () => {
  const leaky = defineResource('Leaky', { description: '', docs: '', scope: 'regional', client: EC2Client })
    .list('ec2:DescribeInstances', async function* ({ client }) {
      const { Reservations = [] } = await client.send(new DescribeInstancesCommand({}));
      yield* Reservations;
    })
    .node(() => 'leaky', { all: string('Everything.', ({ item }) => JSON.stringify(item)) });

  await collectPlanted(only(leaky), async ({ files }) => {
    const found = new Set([...files.values()].flatMap(findSecrets));
    // Those that are planted in every structure, whatever its schema says.
    expect([...found].sort()).toEqual(
      ['function-environment', ...secretKinds.filter(({ member }) => member).map(({ name }) => name)].sort(),
    );
  });
});

test('an error of AWS that repeats a secret leaves none in gaps, logs and files (I14)', async () => {
  const secrets = ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'IQoJb3JpZ2luX2VjEXAMPLETOKEN', 'hunter2-hunter2'];
  const [key, token, password] = secrets;
  const message =
    `the signature of the key ${key} does not match: X-Amz-Security-Token=${token}&X-Amz-Date=20261124, ` +
    `{"MasterUserPassword": "${password}"}\nThe Canonical String was ${key}`;
  const answer = () => Object.assign(new Error(message), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  const planted = plantSecrets(registry, { answer });

  await collectPlanted(planted.registry, async ({ contents, log, files }) => {
    const sinks = [log, JSON.stringify(contents), ...files.values()].join('\n');
    expect(secrets.filter((secret) => sinks.includes(secret))).toEqual([]);
    expect(sinks).toContain('the signature of the key … does not match');
  });
}, 60_000);

test('a secret is found plain and in base64, wherever it stands in the text', () => {
  for (const kind of secretKinds) {
    const canary = canaryOf(kind);
    for (const before of ['', 'a', 'ab', '#!/bin/sh\n']) {
      expect(findSecrets(`x${Buffer.from(`${before}${canary} and more`).toString('base64')}y`)).toEqual([kind.name]);
    }
    expect(findSecrets(`…${canary}…`)).toEqual([kind.name]);
  }
  expect(findSecrets('nothing to see')).toEqual([]);
});

function only(definition: Registry['definitions'][number]): Registry {
  return plantSecrets({ definitions: [definition], readers: [] }).registry;
}
