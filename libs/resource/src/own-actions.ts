import type { Action } from './definition.ts';

/** What tells where nothing needs to be listed. Without them everything is, and nothing is missing. */
const shortcuts: readonly Action[] = [
  'resource-explorer-2:GetDefaultView',
  'resource-explorer-2:GetIndex',
  'resource-explorer-2:GetView',
  'resource-explorer-2:ListIndexes',
  'resource-explorer-2:ListSupportedResourceTypes',
  'resource-explorer-2:Search',
];

/** What is asked of an account before any of its resources is read: its regions, by the second where the first is denied. */
export const ownActions: readonly Action[] = ['account:ListRegions', 'ec2:DescribeRegions', ...shortcuts];
