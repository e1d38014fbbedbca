import {
  type AllowedPrincipal,
  EC2Client,
  paginateDescribeVpcEndpointServiceConfigurations,
  paginateDescribeVpcEndpointServicePermissions,
} from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const vpcEndpointService = defineResource('Ec2VpcEndpointService', {
  description: 'A service that the account offers to other networks. Whoever is permitted may ask to connect to it.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcEndpointServiceConfigurations', async function* ({ client }) {
    const pages = paginateDescribeVpcEndpointServiceConfigurations({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.ServiceConfigurations ?? [];
  })
  .detail('permissions', 'ec2:DescribeVpcEndpointServicePermissions', async ({ client }, { ServiceId }) => {
    const allowed: AllowedPrincipal[] = [];
    const pages = paginateDescribeVpcEndpointServicePermissions({ client, pageSize: 1000 }, { ServiceId });
    for await (const page of pages) allowed.push(...(page.AllowedPrincipals ?? []));
    return allowed;
  })
  .node(({ item, place }) => ec2Arn(place, 'vpc-endpoint-service', item.ServiceId), {
    name: nameTag,
    serviceId: string('Service id.', ({ item }) => item.ServiceId, { indexed: true }),
    serviceName: string('The name that endpoints call it by.', ({ item }) => item.ServiceName, { indexed: true }),
    serviceTypes: strings('Interface, Gateway, GatewayLoadBalancer.', ({ item }) =>
      idsOf(item.ServiceType?.map(({ ServiceType }) => ServiceType)),
    ),
    state: string('Whether it is available, pending, deleting …', ({ item }) => item.ServiceState),
    requiresAcceptance: boolean(
      'Whether its owner must accept each connection.',
      ({ item }) => item.AcceptanceRequired,
    ),
    admitsAnyone: boolean(
      'Whether every AWS account may ask to connect.',
      ({ permissions }) => permissions?.some(isAnyone),
      { indexed: true },
    ),
    supportedRegions: strings('Regions that may connect.', ({ item }) =>
      idsOf(item.SupportedRegions?.map(({ Region }) => Region)),
    ),
    privateDnsName: string('The name that its callers may use.', ({ item }) => item.PrivateDnsName),
    tags: tagList,
  })
  .edge('ADMITS', 'Principal', 'The principal may ask to connect to the service.', ({ permissions }) =>
    idsOf(permissions?.filter((one) => !isAnyone(one) && !isUnit(one)).map(({ Principal }) => Principal)),
  )
  .edge('ADMITS', 'OrganizationalUnit', 'The accounts below the unit may ask to connect.', ({ permissions }) =>
    idsOf(permissions?.filter(isUnit).map(({ Principal }) => Principal)),
  )
  .edge('FORWARDS_TO', 'AwsResource', 'The service is behind the load balancer.', ({ item }) =>
    idsOf([...(item.NetworkLoadBalancerArns ?? []), ...(item.GatewayLoadBalancerArns ?? [])]),
  )
  .alias(({ item }) => item.ServiceId)
  .alias(({ item }) => item.ServiceName);

function isAnyone({ Principal, PrincipalType }: AllowedPrincipal): boolean {
  return Principal === '*' || PrincipalType === 'All';
}

function isUnit({ PrincipalType }: AllowedPrincipal): boolean {
  return PrincipalType === 'OrganizationUnit';
}
