import type { Principal, Residual } from '@ag/model';
import { keysThere } from '../context/global-keys.ts';
import { not, test } from '../residual/build.ts';
import type { Knowledge } from '../types.ts';

const forService = keysThere('forService');
const viaService = keysThere('viaService');

/**
 * Keys that cannot be there, given who calls and what is known of other keys (1.15, point 6).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function impliedAbsences(
  { context, present = [], absent: given = [] }: Knowledge,
  principal: Principal | undefined,
): readonly string[] {
  const value = new Map(Object.entries(context).map(([key, known]) => [key.toLowerCase(), known]));
  const there = new Set([...value.keys(), ...present.map((key) => key.toLowerCase())]);
  const isAbsent = (name: string) => given.some((key) => key.toLowerCase() === name);
  const absent: string[] = [];
  if (principal && principal.kind !== 'user') absent.push('aws:username');
  if (principal && principal.kind !== 'service') absent.push(...forService);
  if (value.get('aws:viaawsservice') === 'false') absent.push(...viaService);
  if (isAbsent('aws:sourcevpc')) absent.push('aws:SourceVpce');
  if (there.has('aws:sourcevpce') || there.has('aws:sourcevpc')) absent.push('aws:SourceIp');
  if (there.has('aws:sourceip')) absent.push('aws:SourceVpce', 'aws:SourceVpc');
  return absent;
}

/** Keys that must be there: who comes through an endpoint comes from its VPC. */
export function impliedPresences({ context, present = [] }: Knowledge): readonly string[] {
  const there = [...Object.keys(context), ...present].some((key) => key.toLowerCase() === 'aws:sourcevpce');
  return there ? ['aws:SourceVpc'] : [];
}

/** What else must hold: who is called by way of a service is called by one. */
export function impliedAssumptions({ context, present = [] }: Knowledge): readonly Residual[] {
  const isCalledVia = [...Object.keys(context), ...present].some((key) => /^aws:calledvia(first|last)?$/i.test(key));
  return isCalledVia ? [not(test({ key: 'aws:ViaAWSService', operator: 'Bool', values: ['false'] }))] : [];
}
