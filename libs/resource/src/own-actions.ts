import type { Action } from './definition.ts';

/** What is asked of an account before any of its resources is read: its regions, by the second where the first is denied. */
export const ownActions: readonly Action[] = ['account:ListRegions', 'ec2:DescribeRegions'];
