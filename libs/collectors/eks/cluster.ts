import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { encodeTags } from '@ag/model';
import { boolean, date, defineResource, string, strings, toKeyArn } from '@ag/resource';
import { clusterArn, listClusters } from './list-clusters.ts';

export const cluster = defineResource('EksCluster', {
  description:
    'A Kubernetes cluster. Access entries say who gets into it; its pods get roles by association or by its OIDC issuer.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html',
  scope: 'regional',
  client: EKSClient,
})
  .list('eks:ListClusters', ({ client }) => listClusters(client))
  .detail('cluster', 'eks:DescribeCluster', async ({ client }, name) => {
    const answer = await client.send(new DescribeClusterCommand({ name }));
    return answer.cluster;
  })
  .node(({ item: name, place }) => clusterArn(name, place) ?? '', {
    name: string('Cluster name.', ({ item: name }) => name, { indexed: true }),
    version: string('Its version of Kubernetes.', ({ cluster }) => cluster?.version),
    status: string('ACTIVE, CREATING, DELETING …', ({ cluster }) => cluster?.status),
    authenticationMode: string(
      'Who decides who gets in: API (access entries), CONFIG_MAP (a map in the cluster, which is not read), or API_AND_CONFIG_MAP.',
      ({ cluster }) => cluster?.accessConfig?.authenticationMode,
    ),
    oidcIssuer: string('The issuer whose tokens its pods carry.', ({ cluster }) => cluster?.identity?.oidc?.issuer),
    isPublic: boolean(
      'Whether its API answers on the internet.',
      ({ cluster }) => cluster?.resourcesVpcConfig?.endpointPublicAccess,
    ),
    publicCidrs: strings(
      'Addresses that may reach it there.',
      ({ cluster }) => cluster?.resourcesVpcConfig?.publicAccessCidrs,
    ),
    loggedTypes: strings('Logs that it writes: api, audit, authenticator …', ({ cluster }) =>
      cluster?.logging?.clusterLogging?.flatMap(({ enabled, types = [] }) => (enabled === true ? types : [])),
    ),
    createdAt: date('When it was made.', ({ cluster }) => cluster?.createdAt),
    tags: strings('Tags as `key=value`.', ({ cluster }) => encodeTags(cluster?.tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The cluster’s control plane acts as the role.', ({ cluster }) => cluster?.roleArn)
  .edge('ENCRYPTED_WITH', 'KmsKey', 'Its secrets are encrypted with the key.', ({ cluster, place }) =>
    cluster?.encryptionConfig?.flatMap(({ provider }) => (provider?.keyArn ? toKeyArn(provider.keyArn, place) : [])),
  )
  .edge(
    'IN_VPC',
    'Ec2Vpc',
    'The cluster’s machines are in the network.',
    ({ cluster }) => cluster?.resourcesVpcConfig?.vpcId,
  )
  .trail('eks.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::EKS::Cluster')?.arn);
