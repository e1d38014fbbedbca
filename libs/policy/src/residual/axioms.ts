import type { Residual } from '@ag/model';
import { absent, all, any, keysOf, present, test } from './build.ts';

const bool = (key: string, value: string): Residual => test({ key, operator: 'Bool', values: [value] });

interface Axiom {
  readonly keys: readonly string[];
  readonly holds: Residual;
}

/** `stated`: those that hold by the meaning of the keys. `all`: also those that hold by how AWS makes requests. */
export type Axioms = 'stated' | 'all';

// How keys hang together, whatever the request (1.15, point 6).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
const stated: readonly Axiom[] = [
  { keys: ['aws:sourcevpce', 'aws:sourcevpc'], holds: any([absent('aws:SourceVpce'), present('aws:SourceVpc')]) },
  { keys: ['aws:sourcevpce', 'aws:sourceip'], holds: any([absent('aws:SourceVpce'), absent('aws:SourceIp')]) },
  ...['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'].map((key) => ({
    keys: ['aws:viaawsservice', key.toLowerCase()],
    holds: any([absent(key), absent('aws:ViaAWSService'), bool('aws:ViaAWSService', 'true')]),
  })),
];

const factual: readonly Axiom[] = [
  { keys: ['aws:sourcevpc', 'aws:sourceip'], holds: any([absent('aws:SourceVpc'), absent('aws:SourceIp')]) },
  {
    keys: ['aws:multifactorauthage', 'aws:multifactorauthpresent'],
    holds: any([absent('aws:MultiFactorAuthAge'), bool('aws:MultiFactorAuthPresent', 'true')]),
  },
  // MFA keys come with temporary credentials only.
  ...['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge'].map((key) => ({
    keys: ['aws:tokenissuetime', key.toLowerCase()],
    holds: any([absent(key), present('aws:TokenIssueTime')]),
  })),
  { keys: ['aws:vpcsourceip', 'aws:sourceip'], holds: any([absent('aws:VpcSourceIp'), absent('aws:SourceIp')]) },
];

/** The axioms about keys that a residual names, each relevant when it names all its keys. */
export function axiomsFor(residual: Residual, which: Axioms): Residual {
  const named = new Set(keysOf(residual).map((key) => key.toLowerCase()));
  const axioms = which === 'all' ? [...stated, ...factual] : stated;
  return all(axioms.filter(({ keys }) => keys.every((key) => named.has(key))).map(({ holds }) => holds));
}
