import type { ComputeFacts } from '../seed/seed-compute.ts';
import type { Call } from './call.ts';
import { type Reply, errorReply, jsonReply } from './reply.ts';

/** Answers for the emulator about what runs and what is shared, where it has no answer. */
export function answerCompute(call: Call, facts: ComputeFacts): Reply | undefined {
  const named = decodeURIComponent(call.path);
  const here = facts.outside.find(({ account, region }) => account === call.account && region === call.region);
  const entries = ofAccount(facts.accessEntries, call).filter(({ cluster }) => isIn(named, cluster));
  const entry = entries.find((one) => isIn(named, one.entry.principalArn));
  const pods = ofAccount(facts.podIdentities, call).filter(({ cluster }) => isIn(named, cluster));
  switch (call.action) {
    case 'lambda:ListFunctionUrlConfigs': {
      const urls = ofAccount(facts.functionUrls, call).filter(
        ({ functionArn }) => isIn(named, functionArn) || isIn(named, functionArn.split(':').at(-1) ?? ''),
      );
      return jsonReply({ FunctionUrlConfigs: urls.map(({ config }) => config) });
    }
    case 'eks:ListAccessEntries':
      return jsonReply({ accessEntries: entries.map((one) => one.entry.principalArn) });
    case 'eks:DescribeAccessEntry':
      return entry ? jsonReply({ accessEntry: entry.entry }) : missing(call);
    case 'eks:ListAssociatedAccessPolicies':
      return entry ? jsonReply({ associatedAccessPolicies: entry.policies }) : missing(call);
    case 'eks:ListPodIdentityAssociations':
      return jsonReply({ associations: pods.map(({ association: { roleArn: _, ...summary } }) => summary) });
    case 'eks:DescribePodIdentityAssociation': {
      const pod = pods.find(({ association }) => isIn(named, association.associationId));
      return pod ? jsonReply({ association: pod.association }) : missing(call);
    }
    case 'codebuild:GetResourcePolicy':
      return projectPolicy(call, facts);
    case 'ssm:GetResourcePolicies': {
      const found = ofAccount(facts.parameterPolicies, call).filter(({ arn }) => arn === call.json['ResourceArn']);
      return jsonReply({ Policies: found.map(({ policy }) => ({ PolicyId: '1', PolicyHash: '1', Policy: policy })) });
    }
    case 'rolesanywhere:ListTrustAnchors':
      return jsonReply({ trustAnchors: here?.trustAnchors ?? [] });
    case 'rolesanywhere:ListProfiles':
      return jsonReply({ profiles: here?.profiles ?? [] });
    case 'rolesanywhere:ListTagsForResource':
      return jsonReply({ tags: [{ key: 'team', value: 'robotics' }] });
    default:
      return answerShares(call, facts);
  }
}

function answerShares(call: Call, { shares }: ComputeFacts): Reply | undefined {
  const own = call.json['resourceOwner'] === 'SELF';
  const wanted = call.json['resourceShareArns'] ?? [call.json['resourceShareArn']];
  const here = shares.filter(({ share }) => share.resourceShareArn.split(':')[3] === call.region);
  const seen = here.filter(({ account, principals }) => account === call.account || principals.includes(call.account));
  const asked = seen.filter(({ share }) => Array.isArray(wanted) && wanted.includes(share.resourceShareArn));
  switch (call.action) {
    case 'ram:GetResourceShares':
      // Its own the emulator knows.
      return own
        ? undefined
        : jsonReply({
            resourceShares: seen.filter(({ account }) => account !== call.account).map(({ share }) => share),
          });
    case 'ram:ListPrincipals':
      return jsonReply({
        principals: asked.flatMap(({ principals, share: { resourceShareArn } }) =>
          principals.map((id) => ({ id, resourceShareArn, external: false })),
        ),
      });
    case 'ram:ListResources':
      return jsonReply({
        resources: asked.flatMap(({ resources, share: { resourceShareArn } }) =>
          resources.map((arn) => ({ arn, resourceShareArn, type: 'codebuild:Project', status: 'AVAILABLE' })),
        ),
      });
    case 'ram:ListResourceSharePermissions':
      return jsonReply({
        permissions: asked.map(({ permission }) => ({
          arn: `arn:aws:ram::aws:permission/${permission}`,
          ...{
            name: permission,
            version: '1',
            defaultVersion: true,
            resourceType: 'codebuild:Project',
            status: 'ASSOCIATED',
          },
        })),
      });
    default:
      return undefined;
  }
}

/** RAM writes a policy for what it shares. */
function projectPolicy(call: Call, { shares }: ComputeFacts): Reply {
  const arn = call.json['resourceArn'];
  const shared = shares.find(({ resources }) => typeof arn === 'string' && resources.includes(arn));
  if (!shared) return errorReply(call, 'ResourceNotFoundException', 'The resource has no policy', 400);
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: shared.principals },
    Action: ['codebuild:BatchGetProjects', 'codebuild:BatchGetBuilds', 'codebuild:ListBuildsForProject'],
    Resource: arn,
  };
  return jsonReply({ policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
}

function missing(call: Call): Reply {
  return errorReply(call, 'ResourceNotFoundException', 'The resource could not be found', 404);
}

function ofAccount<Fact extends { readonly account: string }>(
  facts: readonly Fact[],
  { account }: Call,
): readonly Fact[] {
  return facts.filter((fact) => fact.account === account);
}

/** Whether a path names something: REST protocols put names between slashes. */
function isIn(path: string, name: string): boolean {
  return `${path}/`.includes(`/${name}/`);
}
