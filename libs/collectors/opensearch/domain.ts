import {
  DescribeDomainsCommand,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch';
import { boolean, defineResource, eventResource, string, strings, toKeyArn, toTags } from '@ag/resource';

/** What one call describes at most. https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomains.html */
const atOnce = 5;

export const domain = defineResource('OpenSearchDomain', {
  description: 'A search cluster. Its policy says who may send requests to its indexes, signed or not.',
  docs: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html',
  scope: 'regional',
  client: OpenSearchClient,
})
  .list('es:ListDomainNames', async function* ({ client }) {
    const answer = await client.send(new ListDomainNamesCommand({}));
    const names = (answer.DomainNames ?? []).flatMap(({ DomainName }) => DomainName ?? []);
    for (let start = 0; start < names.length; start += atOnce) yield names.slice(start, start + atOnce);
  })
  .within('es:DescribeDomains', async function* ({ client }, names) {
    const answer = await client.send(new DescribeDomainsCommand({ DomainNames: names }));
    yield* answer.DomainStatusList ?? [];
  })
  .detail('tags', 'es:ListTags', async ({ client }, { ARN }) => {
    const answer = await client.send(new ListTagsCommand({ ARN }));
    return answer.TagList;
  })
  .node(({ item }) => item.ARN ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.DomainName, { indexed: true }),
    engineVersion: string('`OpenSearch_2.11`, `Elasticsearch_7.10` …', ({ item }) => item.EngineVersion),
    endpoint: string('Where requests are sent to.', ({ item }) => item.Endpoint ?? item.Endpoints?.['vpc']),
    encrypted: boolean('Whether its data are encrypted at rest.', ({ item }) => item.EncryptionAtRestOptions?.Enabled),
    fineGrained: boolean(
      'Whether roles inside the cluster limit access further.',
      ({ item }) => item.AdvancedSecurityOptions?.Enabled,
    ),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'Its data at rest are encrypted with the key.', ({ item, place }) => {
    const key = item.EncryptionAtRestOptions?.KmsKeyId;
    return key ? toKeyArn(key, place) : undefined;
  })
  // A network may be another account's that shares it, so that its id alone is sure.
  .edge('IN_VPC', 'Ec2Vpc', 'The cluster is in the network.', ({ item }) => item.VPCOptions?.VPCId)
  .edge('RUNS_AS', 'IamRole', 'The cluster signs people in as the role.', ({ item }) => item.CognitoOptions?.RoleArn)
  .policy('resource', ({ item }) => item.AccessPolicies || undefined)
  .trail('es.amazonaws.com', (event) => eventResource(event, 'es', 'domain/'));
