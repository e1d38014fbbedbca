import { actionsOfAll, ownActions } from '@ag/resource';
import { type Source, isReader, toRegistry } from './find-sources.ts';
import { type GeneratedFile, generated } from './generated-file.ts';

/** Characters that IAM allows, white space not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const managedPolicyLimit = 6144;
const inlinePoliciesLimit = 10_240;

type Part = 'Core' | 'Resources' | 'Organization' | 'IdentityCenter';

/** Identities, networks and what is recorded of them. What other services hold is a part of its own. */
const coreServices = new Set(['iam', 'account', 'ec2', 'cloudtrail', 'resource-explorer-2']);

/**
 * The least that the collector must be allowed: `core` and `resources` in every account, the other two in the management
 * account or where they are delegated to; and all of it in one, for an account that is everything.
 */
export async function collectorPolicies(sources: readonly Source[]): Promise<readonly GeneratedFile[]> {
  const core = statementsOf('Core', sources);
  const resources = statementsOf('Resources', sources);
  const organization = statementsOf('Organization', sources);
  const identityCenter = statementsOf('IdentityCenter', sources);
  const all = [...core, ...resources, ...organization, ...identityCenter];
  return [
    await policyFile('deploy/collector-policy.json', all, inlinePoliciesLimit),
    await policyFile('deploy/collector-policy.core.json', core, managedPolicyLimit),
    await policyFile('deploy/collector-policy.resources.json', resources, managedPolicyLimit),
    await policyFile('deploy/collector-policy.organization.json', organization, managedPolicyLimit),
    await policyFile('deploy/collector-policy.identity-center.json', identityCenter, managedPolicyLimit),
  ];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
}

function statementsOf(part: Part, sources: readonly Source[]): readonly Statement[] {
  const actions = sources.flatMap((source) =>
    actionsOfAll(toRegistry([source])).filter((action) => partOf(source, action) === part),
  );
  if (part === 'Core') actions.push(...ownActions);
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

function partOf({ value }: Source, action: string): Part {
  const inEveryAccount = coreServices.has(action.slice(0, action.indexOf(':'))) ? 'Core' : 'Resources';
  if (!isReader(value)) return inEveryAccount;
  switch (value.scope) {
    case 'organization':
      return 'Organization';
    case 'identityCenter':
      return 'IdentityCenter';
    case 'global':
    case 'regional':
    case 'final':
      return inEveryAccount;
  }
}

/** JSON has no comments: that it is generated stands in `deploy/README.md`. */
function policyFile(path: string, statements: readonly Statement[], limit: number): Promise<GeneratedFile> {
  const policy = { Version: '2012-10-17', Statement: statements };
  const size = JSON.stringify(policy).length;
  if (size > limit) throw new Error(`\`${path}\` has ${size} characters, more than the ${limit} that IAM allows`);
  return generated(path, JSON.stringify(policy));
}
