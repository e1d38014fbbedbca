import { registry } from '@ag/collectors';
import { openConnection, quietSdk } from '@ag/connect';
import type { ScopeContent } from '@ag/model';
import { readerRole, sampleCompany, seed, startFaultProxy } from '@ag/testing';
import { test, inject } from 'vitest';
import { writeFileSync } from 'node:fs';
import { ingest } from './ingest.ts';
quietSdk();
test('x', async () => {
  const endpoint = inject('awsEndpoint');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const seeded = await seed({ endpoint, company: sampleCompany });
  const proxy = await startFaultProxy({ upstream: endpoint, seeded });
  const connection = await openConnection(
    { endpointUrl: proxy.endpoint, regions: ['eu-west-1'], roleName: readerRole.name, externalId: readerRole.externalId },
    { credentials: () => Promise.resolve({ accessKeyId: 'demo', secretAccessKey: 'demo' }) },
  );
  const contents: ScopeContent[] = [];
  const services = /^(lambda|ecs|eks|codebuild|states|ssm|ram|rolesanywhere|cloudtrail):/;
  await ingest({
    connection,
    registry: {
      definitions: registry.definitions.filter(({ list }) => services.test(list.action)),
      readers: registry.readers.filter(({ name }) => name.startsWith('ecs/') || name.startsWith('organizations/')),
    },
    log: { info: () => undefined, warn: () => undefined },
    onContent: (content) => { contents.push(content); return Promise.resolve(); },
  });
  writeFileSync('/tmp/ag/compute-out.json', JSON.stringify({ accounts: seeded.accounts, contents, calls: proxy.calls() }, null, 1));
  await proxy.stop();
}, 120000);
