import { findArn } from '@ag/model';

// Where a resource's policy stands that decides about more than the resource itself (RS2): a part of the ARN of what it decides
// about, and how the holder's ARN comes from that.
const holders: readonly { readonly service: string; readonly part: RegExp; readonly holder: string }[] = [
  { service: 's3', part: /^([^:/]+)\/.+$/, holder: '$1' },
  { service: 'dynamodb', part: /^(table\/[^/]+)\/(?!stream\/).+$/, holder: '$1' },
  { service: 'glue', part: /^(?:database|table|tableVersion|userDefinedFunction|connection)\/.+$/, holder: 'catalog' },
  { service: 'sns', part: /^([^:]+):.+$/, holder: '$1' },
  { service: 'es', part: /^(domain\/[^/]+)\/.+$/, holder: '$1' },
];

/**
 * The ARN of the resource whose policy decides about a resource: its own, or that of the bucket of an object, the catalog of a
 * table, the topic of a subscription, and so on. Versions and aliases of functions, and streams, have policies of their own.
 */
export function policyHolderOf(arn: string): string {
  const found = findArn(arn);
  if (!found) return arn;
  const { service, resource, region, partition } = found;
  // The API itself belongs to another service, and to no account.
  if (service === 'execute-api')
    return `arn:${partition}:apigateway:${region}::/restapis/${resource.replace(/\/.*$/, '')}`;
  const rule = holders.find((one) => one.service === service && one.part.test(resource));
  return rule ? arn.slice(0, arn.length - resource.length) + resource.replace(rule.part, rule.holder) : arn;
}
