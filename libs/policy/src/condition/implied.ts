import type { Principal } from '@ag/model';
import type { Knowledge } from '../types.ts';

/**
 * Keys that cannot be there, given who calls and what is known of other keys (1.15, point 6).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function impliedAbsences(
  { context, present = [] }: Knowledge,
  principal: Principal | undefined,
): readonly string[] {
  const value = new Map(Object.entries(context).map(([key, known]) => [key.toLowerCase(), known]));
  const there = new Set([...value.keys(), ...present.map((key) => key.toLowerCase())]);
  const absent: string[] = [];
  if (principal && principal.kind !== 'user') absent.push('aws:username');
  if (principal && principal.kind !== 'service')
    absent.push('aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths');
  if (value.get('aws:viaawsservice') === 'false')
    absent.push('aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast');
  if (there.has('aws:sourcevpce') || there.has('aws:sourcevpc')) absent.push('aws:SourceIp');
  if (there.has('aws:sourceip')) absent.push('aws:SourceVpce', 'aws:SourceVpc');
  return absent;
}
