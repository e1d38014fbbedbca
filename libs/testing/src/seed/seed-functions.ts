import {
  AddLayerVersionPermissionCommand,
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import type { Invoker, LambdaFunction } from '../compute.ts';
import { toText } from './references.ts';
import { required } from './required.ts';
import type { ComputePlace } from './seed-compute.ts';
import { stableId } from './stable-id.ts';

/** A function URL, as Lambda lists it. The emulator does not list them. */
export interface FunctionUrlFact {
  readonly account: string;
  readonly functionArn: string;
  readonly config: Readonly<Record<string, string>>;
}

// An empty archive: nothing is ever run.
const emptyZip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

/** Builds layers and functions; answers the functions' URLs. */
export async function seedFunctions(place: ComputePlace): Promise<readonly FunctionUrlFact[]> {
  const { id, region, clients, references, compute } = place;
  const client = clients.client(LambdaClient, id, region);
  const layers: Record<string, string> = {};
  for (const [LayerName, { description, sharedWith }] of Object.entries(compute.layers ?? {})) {
    const made = await client.send(
      new PublishLayerVersionCommand({
        ...{ LayerName, Description: description, CompatibleRuntimes: ['nodejs22.x'] },
        Content: { ZipFile: emptyZip },
      }),
    );
    layers[LayerName] = required(made.LayerVersionArn, LayerName);
    if (sharedWith === undefined) continue;
    const Principal = toText(sharedWith, references).slice(1, -1);
    await client.send(
      new AddLayerVersionPermissionCommand({
        ...{
          LayerName,
          VersionNumber: made.Version,
          StatementId: 'shared',
          Action: 'lambda:GetLayerVersion',
          Principal,
        },
      }),
    );
  }
  const urls: FunctionUrlFact[] = [];
  for (const [name, described] of Object.entries(compute.functions ?? {})) {
    urls.push(...(await seedFunction(client, place, { name, described, layers })));
  }
  return urls;
}

interface Described {
  readonly name: string;
  readonly described: LambdaFunction;
  readonly layers: Readonly<Record<string, string>>;
}

async function seedFunction(
  client: LambdaClient,
  { id, region, keys, references }: ComputePlace,
  { name, described, layers }: Described,
): Promise<readonly FunctionUrlFact[]> {
  const { role, key, environment, invokers = [], aliases = {}, url, queue, tags } = described;
  const made = await client.send(
    new CreateFunctionCommand({
      ...{ FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 30, MemorySize: 256 },
      Role: `arn:aws:iam::${id}:role/${role}`,
      Code: { ZipFile: emptyZip },
      Layers: (described.layers ?? []).map((layer) => required(layers[layer], layer)),
      ...(environment && { Environment: { Variables: { ...environment } } }),
      ...(key !== undefined && { KMSKeyArn: required(keys[key], key) }),
      ...(tags && { Tags: { ...tags } }),
    }),
  );
  const arn = required(made.FunctionArn, name);
  await allow(invokers);
  const { Version } = await client.send(new PublishVersionCommand({ FunctionName: name }));
  for (const [alias, { invokers: own = [] }] of Object.entries(aliases)) {
    await client.send(new CreateAliasCommand({ FunctionName: name, Name: alias, FunctionVersion: Version }));
    await allow(own, alias);
  }
  if (queue !== undefined) {
    const EventSourceArn = `arn:aws:sqs:${region}:${id}:${queue}`;
    await client.send(new CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn, BatchSize: 10 }));
  }
  if (url === undefined) return [];
  const label = stableId(id, name).replaceAll('-', '');
  const config = {
    ...{ FunctionUrl: `https://${label}.lambda-url.${region}.on.aws/`, FunctionArn: arn, AuthType: url },
    ...{ InvokeMode: 'BUFFERED', CreationTime: '2026-09-01T10:00:00Z', LastModifiedTime: '2026-09-01T10:00:00Z' },
  };
  return [{ account: id, functionArn: arn, config }];

  async function allow(all: readonly Invoker[], qualifier?: string): Promise<void> {
    for (const [index, { principal, sourceArn }] of all.entries()) {
      await client.send(
        new AddPermissionCommand({
          ...{ FunctionName: name, StatementId: `invoke-${index}`, Action: 'lambda:InvokeFunction' },
          Principal: toText(principal, references).slice(1, -1),
          ...(sourceArn !== undefined && { SourceArn: sourceArn }),
          ...(qualifier !== undefined && { Qualifier: qualifier }),
        }),
      );
    }
  }
}
