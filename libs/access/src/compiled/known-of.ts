import { type Known, toKnown } from '@ag/policy';
import type { PrincipalRecord } from '../principals.ts';
import { type AskedTarget, callerOf, toKnowledge } from '../to-question.ts';

/** What is known of a request to a service, of a resource or of none; as the reference has it from the whole question. */
export function knownOf(record: PrincipalRecord, service: string, target?: AskedTarget): Known {
  const knowledge = toKnowledge(record, target ?? { action: { name: `${service}:` }, arn: '*' });
  const { uniqueId, tags } = record.facts;
  return toKnown(
    knowledge,
    { principal: { ...(uniqueId !== undefined && { uniqueId }), ...(tags && { tags }) } },
    callerOf(record),
  );
}
