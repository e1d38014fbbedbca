import type { Seeded } from '../seed/seed.ts';
import { awsPolicy } from '../seed/seed-iam.ts';
import { answerForEc2 } from './answers-ec2.ts';
import { answerCompute } from './answers-compute.ts';
import type { Call } from './call.ts';
import { type Reply, errorReply, jsonReply } from './reply.ts';

/** Answers for the emulator where it has no answer or a wrong one; each says why. */
export function answerFor(call: Call, seeded: Seeded): Reply | undefined {
  const { company, identityCenter } = seeded;
  switch (call.action) {
    // The emulator invents an instance in every region that it is asked in.
    case 'sso:ListInstances':
      return call.region === company.homeRegion ? undefined : jsonReply({ Instances: [] });
    // The emulator has neither of the next two.
    case 'sso:DescribeInstanceAccessControlAttributeConfiguration':
      return jsonReply({
        Status: 'ENABLED',
        InstanceAccessControlAttributeConfiguration: {
          AccessControlAttributes: Object.entries(company.identityCenter.accessControlAttributes).map(
            ([Key, source]) => ({
              Key,
              Value: { Source: [`\${path:${source}}`] },
            }),
          ),
        },
      });
    case 'sso:GetPermissionsBoundaryForPermissionSet':
      return boundaryOf(call, seeded);
    // The emulator names the management account only, and every set for every account.
    case 'sso:ListAccountsForProvisionedPermissionSet':
      return jsonReply({ AccountIds: identityCenter.provisioned[textOf(call, 'PermissionSetArn')] ?? [] });
    case 'sso:ListPermissionSetsProvisionedToAccount':
      return jsonReply({
        PermissionSets: Object.entries(identityCenter.provisioned)
          .filter(([, accounts]) => accounts.includes(textOf(call, 'AccountId')))
          .map(([arn]) => arn),
      });
    // The emulator has no account:ListRegions.
    case 'account:ListRegions':
      return jsonReply({
        Regions: company.regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' })),
      });
    default:
      return answerForEc2(call, seeded) ?? answerCompute(call, seeded.compute);
  }
}

function boundaryOf(call: Call, { company, identityCenter }: Seeded): Reply {
  const arn = textOf(call, 'PermissionSetArn');
  const [name = ''] = Object.entries(identityCenter.permissionSets).find(([, known]) => known === arn) ?? [];
  const boundary = company.identityCenter.permissionSets[name]?.boundary;
  if (!boundary) {
    return errorReply(call, 'ResourceNotFoundException', 'The permission set has no permissions boundary', 400);
  }
  return jsonReply({
    PermissionsBoundary:
      'managed' in boundary
        ? { ManagedPolicyArn: awsPolicy(boundary.managed) }
        : { CustomerManagedPolicyReference: { Name: boundary.customerManaged, Path: '/' } },
  });
}

function textOf({ json }: Call, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}
