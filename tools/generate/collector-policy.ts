import { actionsOfAll, ownActions } from '@ag/resource';
import { type Source, isReader, toRegistry } from './find-sources.ts';
import { type GeneratedFile, generated } from './generated-file.ts';

/** Sizes that IAM allows a managed policy, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const sizeLimit = 6144;

type Part = 'Core' | 'Organization' | 'IdentityCenter';
const parts: readonly Part[] = ['Core', 'Organization', 'IdentityCenter'];

/**
 * The least that the collector must be allowed: `core` in every account, the other two in the management account or where they
 * are delegated to; and all of it in one, for an account that is everything.
 */
export async function collectorPolicies(sources: readonly Source[]): Promise<readonly GeneratedFile[]> {
  const statements = parts.map((part) => statementsOf(part, sources));
  const [core = [], organization = [], identityCenter = []] = statements;
  return [
    await policyFile('deploy/collector-policy.json', statements.flat()),
    await policyFile('deploy/collector-policy.core.json', core),
    await policyFile('deploy/collector-policy.organization.json', organization),
    await policyFile('deploy/collector-policy.identity-center.json', identityCenter),
  ];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
}

function statementsOf(part: Part, sources: readonly Source[]): readonly Statement[] {
  const own = part === 'Core' ? ownActions : [];
  const actions = [...actionsOfAll(toRegistry(sources.filter((source) => partOf(source) === part))), ...own];
  const services = new Map<string, string[]>();
  for (const action of [...new Set(actions)].sort()) {
    const service = action.slice(0, action.indexOf(':'));
    services.set(service, [...(services.get(service) ?? []), action]);
  }
  return [...services].map(([service, list]) => ({
    // Letters and digits are all that IAM takes in an identifier.
    Sid: `${part}${service.charAt(0).toUpperCase()}${service.slice(1).replace(/\W/g, '')}`,
    Effect: 'Allow',
    Action: list,
    Resource: '*',
  }));
}

function partOf({ value }: Source): Part {
  if (!isReader(value)) return 'Core';
  switch (value.scope) {
    case 'organization':
      return 'Organization';
    case 'identityCenter':
      return 'IdentityCenter';
    case 'global':
    case 'regional':
    case 'final':
      return 'Core';
  }
}

/** JSON has no comments: that it is generated stands in `deploy/README.md`. */
function policyFile(path: string, statements: readonly Statement[]): Promise<GeneratedFile> {
  const policy = { Version: '2012-10-17', Statement: statements };
  const size = JSON.stringify(policy).length;
  if (size > sizeLimit) throw new Error(`\`${path}\` has ${size} characters, more than a managed policy may have`);
  return generated(path, JSON.stringify(policy));
}
