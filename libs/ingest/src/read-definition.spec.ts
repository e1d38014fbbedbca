import { defineResource, string } from '@ag/resource';
import { expect, test } from 'vitest';
import { InterruptedError } from './answer-error.ts';
import { readDefinition } from './read-definition.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const arn = (name: string) => `arn:aws:toy:eu-west-1:111122223333:toy/${name}`;

/** A client that lists toys, and says how each is asked about. */
class ToyClient {
  readonly pages: readonly (readonly string[] | Error)[];
  readonly details: Readonly<Record<string, string | Error>>;
  asked = 0;
  atOnce = 0;
  mostAtOnce = 0;

  constructor(configuration: Pick<ToyClient, 'pages' | 'details'>) {
    this.pages = configuration.pages;
    this.details = configuration.details;
  }

  async ask(name: string): Promise<string | undefined> {
    this.asked += 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await Promise.resolve();
    this.atOnce -= 1;
    const answer = this.details[name];
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

const toy = defineResource('Toy', { description: '', docs: '', scope: 'regional', client: ToyClient })
  .list('toy:ListToys', async function* ({ client }) {
    for (const page of client.pages) {
      await Promise.resolve();
      if (page instanceof Error) throw page;
      yield* page;
    }
  })
  .detail('policy', 'toy:GetToyPolicy', ({ client }, name) => client.ask(name))
  .node(({ item: name }) => arn(name), { name: string('Name.', ({ item: name }) => name) })
  .policy('resource', ({ policy }) => policy);

function awsError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} of AWS`), { name, $metadata: { httpStatusCode: status } });
}

function read(pages: ToyClient['pages'], details: ToyClient['details'] = {}) {
  const client = new ToyClient({ pages, details });
  return { client, part: readDefinition(toy, { client, place }) };
}

function node(name: string, more: Record<string, string | string[]> = {}) {
  const properties = { account: place.account, region: place.region, arn: arn(name), name, ...more };
  return { id: arn(name), labels: ['Toy', 'AwsResource'], properties };
}

test('a listing that ends is complete', async () => {
  const { part } = read([['a'], [], ['b']]);

  expect(await part).toEqual({
    resource: 'Toy',
    state: 'complete',
    nodes: [node('a'), node('b')],
    edges: [],
    gaps: [],
  });
});

test('a denied listing is a denied scope, not an empty one', async () => {
  const { part } = read([awsError('AccessDenied', 403)]);

  expect(await part).toEqual({
    resource: 'Toy',
    state: 'denied',
    nodes: [],
    edges: [],
    gaps: [{ place, resource: 'Toy', action: 'toy:ListToys', reason: 'denied', message: 'AccessDenied of AWS' }],
  });
});

test('a listing that is not there is a failed scope, not an empty one', async () => {
  const { part } = read([awsError('NoSuchEntity', 404)]);

  expect(await part).toMatchObject({ state: 'unexpected', nodes: [] });
});

test('a listing that breaks off is partial and keeps what it brought', async () => {
  const { part } = read([['a'], awsError('Throttling', 400)]);

  expect(await part).toEqual({
    resource: 'Toy',
    state: 'partial',
    nodes: [node('a')],
    edges: [],
    gaps: [{ place, resource: 'Toy', action: 'toy:ListToys', reason: 'throttled', message: 'Throttling of AWS' }],
  });
});

test('a denied detail becomes a gap, not an empty policy; one that is not found is absent', async () => {
  const { part } = read([['a', 'b', 'c']], {
    a: awsError('AccessDenied', 403),
    b: awsError('NoSuchToyPolicy', 404),
    c: '{"Statement":[]}',
  });

  expect(await part).toEqual({
    resource: 'Toy',
    state: 'complete',
    nodes: [
      node('a', { unread: ['toy:GetToyPolicy'], unreadPolicies: ['resource'] }),
      node('b'),
      node('c', { resourcePolicy: '{"Statement":[]}' }),
    ],
    edges: [],
    gaps: [
      {
        place,
        resource: 'Toy',
        action: 'toy:GetToyPolicy',
        arn: arn('a'),
        reason: 'denied',
        message: 'AccessDenied of AWS',
      },
    ],
  });
});

test('details are asked for a few at a time', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `toy${index}`);
  const { client, part } = read([names]);

  await part;

  expect({ asked: client.asked, mostAtOnce: client.mostAtOnce }).toEqual({ asked: 100, mostAtOnce: 8 });
});

test('an interruption in a detail interrupts the scope', async () => {
  const { part } = read([['a']], { a: new InterruptedError() });

  await expect(part).rejects.toThrow(InterruptedError);
});

test('an interruption in the listing leaves a skipped scope', async () => {
  const { part } = read([['a'], new InterruptedError()]);

  expect(await part).toMatchObject({ state: 'skipped', gaps: [{ reason: 'notCollected' }] });
});

const part = defineResource('Part', { description: '', docs: '', scope: 'regional', client: ToyClient })
  .list('toy:ListToys', async function* ({ client }) {
    await Promise.resolve();
    for (const page of client.pages) if (!(page instanceof Error)) yield* page;
  })
  .within('toy:ListParts', async function* ({ client }, name) {
    yield* ((await client.ask(name)) ?? '').split(',').filter((one) => one !== '');
  })
  .node(({ item: name }) => arn(name), {});

function readParts(details: ToyClient['details']) {
  return readDefinition(part, { client: new ToyClient({ pages: [['a', 'b', 'c']], details }), place });
}

test('what is listed within what was listed is the resource', async () => {
  const { state, nodes } = await readParts({ a: 'a1,a2', c: 'c1' });

  expect({ state, ids: nodes.map(({ id }) => id) }).toEqual({ state: 'complete', ids: ['a1', 'a2', 'c1'].map(arn) });
});

test('one listing within that is denied names its own action, and the others are kept as partial', async () => {
  const { state, nodes, gaps } = await readParts({ a: 'a1', b: awsError('AccessDenied', 403) });

  expect({ state, ids: nodes.map(({ id }) => id), gaps }).toEqual({
    state: 'partial',
    ids: [arn('a1')],
    gaps: [{ place, resource: 'Part', action: 'toy:ListParts', reason: 'denied', message: 'AccessDenied of AWS' }],
  });
});

test('a parent that has gone since takes what was in it along', async () => {
  const { state, nodes, gaps } = await readParts({ a: 'a1', b: awsError('NoSuchToy', 404) });

  expect({ state, ids: nodes.map(({ id }) => id), gaps }).toEqual({ state: 'complete', ids: [arn('a1')], gaps: [] });
});
