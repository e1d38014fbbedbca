import { CodeartifactClient, paginateListDomains } from '@aws-sdk/client-codeartifact';
import { type Reader, defineNode, defineResource, draftPart, string } from '@ag/resource';
import { expect, test } from 'vitest';
import { createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import { readReader } from './read-reader.ts';
import { createRunMemory } from './run-memory.ts';
import { createVirtualClock } from './virtual-clock.ts';

const account = '111122223333';

/** A client in a world where no name resolves, or where the resolver itself is out of order. */
function clientWithout(code: 'ENOTFOUND' | 'EAI_AGAIN') {
  return class extends CodeartifactClient {
    constructor(configuration: ConstructorParameters<typeof CodeartifactClient>[0]) {
      super({
        ...configuration,
        requestHandler: {
          handle: (request: { readonly hostname: string }) => {
            const { hostname } = request;
            const said = { code, hostname, syscall: 'getaddrinfo' };
            return Promise.reject(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), said));
          },
        },
      });
    }
  };
}

async function* listDomains(client: CodeartifactClient) {
  for await (const page of paginateListDomains({ client }, {})) yield* page.domains ?? [];
}

async function arrayOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const node = defineNode({
  label: 'CodeartifactDomain',
  description: '',
  docs: '',
  properties: {},
});

/** Reads the domains of a region as a definition and as a reader do. */
async function read(region: string, code: 'ENOTFOUND' | 'EAI_AGAIN') {
  const client = clientWithout(code);
  const clients = createAwsClients({
    clock: createVirtualClock(),
    connection: {
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
      invalidate: () => undefined,
    },
  });
  const scope = clients.openScope({ account, region });
  const place = { partition: 'aws', account, region };
  const definition = defineResource(node.label, { ...node, scope: 'regional', client })
    .list('codeartifact:ListDomains', (context) => listDomains(context.client))
    .node(({ item }) => item.arn ?? '', { name: string('Its name.', ({ item }) => item.name) });
  const reader: Reader = {
    name: 'domains',
    description: '',
    scope: 'regional',
    types: [node],
    actions: ['codeartifact:ListDomains'],
    read: async (context) => {
      const draft = draftPart(node.label);
      draft.listed(
        await context.attempt({ action: 'codeartifact:ListDomains', resource: node.label }, () =>
          arrayOf(listDomains(context.client(client))),
        ),
      );
      return [draft.toPart()];
    },
  };
  const parts = [
    await readDefinition(definition, { client: scope.client(client), place }),
    ...(await readReader(reader, { place, regions: [], accounts: [], clients: scope, memory: createRunMemory([]) })),
  ];
  clients.close();
  return { parts: parts.map(({ state, gaps }) => [state, ...gaps.map(({ reason }) => reason)]), clients };
}

test('a service that the region does not have, and whose name does not resolve, holds nothing there', async () => {
  const { parts, clients } = await read('ap-east-1', 'ENOTFOUND');

  expect(parts).toEqual([['complete'], ['complete']]);
  // Once for each of the two, not ten times.
  expect(clients.counter.counts()).toEqual({ [account]: { 'codeartifact:ListDomains': 2 } });
});

test('where AWS offers the service, a name that does not resolve is a gap', async () => {
  expect((await read('eu-west-1', 'ENOTFOUND')).parts).toEqual([
    ['network', 'network'],
    ['network', 'network'],
  ]);
});

test('a region that the table does not know is asked, and its failure is a gap', async () => {
  expect((await read('xx-new-1', 'ENOTFOUND')).parts).toEqual([
    ['network', 'network'],
    ['network', 'network'],
  ]);
});

test('a resolver that is out of order proves nothing, in a region without the service either', async () => {
  expect((await read('ap-east-1', 'EAI_AGAIN')).parts).toEqual([
    ['network', 'network'],
    ['network', 'network'],
  ]);
});
