import { findArn } from '@ag/model';

/**
 * Resource types that AWS RAM shares between accounts, as the page said in 2026-09, by the service and the beginning of the
 * resource in the ARN. Where RAM writes a policy of the resource that could be read, the policy decides.
 * https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
const shareable: Readonly<Record<string, readonly string[]>> = {
  'acm-pca': ['certificate-authority'],
  appmesh: ['mesh'],
  appsync: ['apis'],
  backup: ['backup-vault'],
  bedrock: ['custom-model'],
  billing: ['billingview'],
  cloudhsm: ['backup'],
  codebuild: ['project', 'report-group'],
  datazone: ['domain'],
  ec2: [
    ...['capacity-reservation', 'coip-pool', 'dedicated-host', 'ipam-pool', 'ipam-resource-discovery'],
    ...['local-gateway-route-table', 'outpost-lag', 'placement-group', 'prefix-list', 'security-group', 'subnet'],
    ...['traffic-mirror-target', 'transit-gateway', 'transit-gateway-multicast-domain', 'verified-access-group'],
  ],
  fsx: ['volume'],
  glue: ['catalog', 'database', 'table'],
  imagebuilder: ['component', 'container-recipe', 'image', 'image-recipe'],
  'license-manager': ['license-configuration'],
  'network-firewall': ['firewall-policy', 'stateful-rulegroup', 'stateless-rulegroup'],
  networkmanager: ['core-network'],
  outposts: ['outpost', 'site'],
  rds: ['cluster'],
  'refactor-spaces': ['environment'],
  'resource-explorer-2': ['view'],
  'resource-groups': ['group'],
  'route53-recovery-control': ['cluster'],
  route53profiles: ['profile'],
  route53resolver: ['firewall-rule-group', 'resolver-query-log-config', 'resolver-rule'],
  's3-outposts': ['outpost'],
  sagemaker: [
    'feature-group',
    'hub',
    'lineage-group',
    'mlflow-tracking-server',
    'model-card',
    'model-package-group',
    'pipeline',
  ],
  servicecatalog: ['/applications', '/attribute-groups'],
  ssm: ['parameter'],
  'ssm-contacts': ['contact'],
  'ssm-incidents': ['response-plan'],
  'vpc-lattice': ['resourceconfiguration', 'service', 'servicenetwork'],
};

/** Whether AWS RAM can share a resource. */
export function isShareable(arn: string): boolean {
  const found = findArn(arn);
  if (!found) return false;
  const types = shareable[found.service] ?? [];
  return types.some((type) => found.resource === type || /^[/:]/.test(rest(found.resource, type)));
}

function rest(resource: string, type: string): string {
  return resource.startsWith(type) ? resource.slice(type.length) : '';
}
