import type { PolicyJson } from '../company.ts';
import { type Question, madeSeconds } from './answers-data.ts';
import { type Reply, errorReply, jsonReply } from './reply.ts';

/** The emulator has no packages. */
export function ofPackages({ call, data, text, keyArn }: Question): Reply | undefined {
  const arn = (resource: string) => `arn:aws:codeartifact:${call.region}:${call.account}:${resource}`;
  const domains = Object.entries(data.packageDomains ?? {});
  const missing = errorReply(call, 'ResourceNotFoundException', 'There is no such policy', 404);
  const answer = (policy: PolicyJson | undefined, resourceArn: string) =>
    policy ? jsonReply({ policy: { resourceArn, revision: '1', document: text(policy) } }) : missing;
  const domain = call.query.get('domain') ?? '';
  switch (call.operation) {
    case 'ListDomains':
      return jsonReply({
        domains: domains.map(([name, { key }]) => ({
          name,
          owner: call.account,
          arn: arn(`domain/${name}`),
          status: 'Active',
          createdTime: madeSeconds,
          ...(key !== undefined && { encryptionKey: keyArn(key) }),
        })),
      });
    case 'ListRepositories':
      return jsonReply({
        repositories: domains.flatMap(([domainName, { repositories }]) =>
          Object.keys(repositories).map((name) => ({
            name,
            administratorAccount: call.account,
            domainName,
            domainOwner: call.account,
            arn: arn(`repository/${domainName}/${name}`),
            createdTime: madeSeconds,
          })),
        ),
      });
    case 'GetDomainPermissionsPolicy':
      return answer(data.packageDomains?.[domain]?.policy, arn(`domain/${domain}`));
    case 'GetRepositoryPermissionsPolicy': {
      const repository = call.query.get('repository') ?? '';
      const policy = data.packageDomains?.[domain]?.repositories[repository]?.policy;
      return answer(policy, arn(`repository/${domain}/${repository}`));
    }
    case 'ListTagsForResource':
      return jsonReply({ tags: [] });
    default:
      return undefined;
  }
}
