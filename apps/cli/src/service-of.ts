import { registry } from '@ag/collectors';

/** The service of a scope's label, as IAM spells it: `SqsQueue` → `sqs`. */
export function serviceOf(label: string): string {
  return services.get(label) ?? services.get(label.replace(/Role$/, '')) ?? ofTheCollector[label] ?? 'other';
}

const services: ReadonlyMap<string, string> = new Map([
  ...registry.readers.flatMap(({ name, types }) =>
    types.map((type): [string, string] => [type.label, name.split('/')[0] ?? name]),
  ),
  ...registry.definitions.map(({ label, list }): [string, string] => [label, list.action.split(':')[0] ?? label]),
]);

// Scopes that no definition and no reader answers for.
const ofTheCollector: Readonly<Partial<Record<string, string>>> = { CallerIdentity: 'sts', AwsRegion: 'ec2' };
