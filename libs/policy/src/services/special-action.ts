import { isAclAction } from './s3-acl.ts';
import { iamRefusal } from './iam-protected.ts';
import { isServiceLinkedRole } from './sts.ts';

// Services that know single actions: who may retire a grant, which calls need no permission, what crosses accounts.
const knowing = new Set(['sts', 'kms', 's3-object-lambda']);

/**
 * What, besides policies, a service's own rules make of an action on a resource, as a text: where it is the same for two
 * actions of a service, the rules tell the two apart in nothing else.
 */
export function specialOf(action: string, arn: string): string {
  const name = action.toLowerCase();
  const service = name.slice(0, Math.max(0, name.indexOf(':')));
  if (service === 'iam') return `${name === 'iam:passrole' ? name : ''} ${iamRefusal(action, arn) ?? ''}`;
  if (service === 'sts') return `${name} ${String(isServiceLinkedRole(arn))}`;
  if (service === 's3') return isAclAction(action) || /^s3:(createbucket$|(get|put)object)/.test(name) ? name : '';
  return knowing.has(service) ? name : '';
}
