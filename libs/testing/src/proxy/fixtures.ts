import { sampleCompany } from '../sample-company/sample-company.ts';
import type { Company } from '../company.ts';
import type { IamFacts } from '../seed/seed-iam.ts';
import { type ComputeFacts, joinFacts } from '../seed/seed-compute.ts';
import type { SeededIdentityCenter } from '../seed/seed-identity-center.ts';
import type { Seeded } from '../seed/seed.ts';
import type { Call } from './call.ts';

/** A call as the proxy understands it, with what a test cares for. */
export function callOf(action: string, rest: Partial<Call> = {}): Call {
  const [service = '', operation = ''] = action.split(':');
  return {
    action,
    service,
    operation,
    account: '111122223333',
    region: 'eu-west-1',
    protocol: 'query',
    form: new URLSearchParams(),
    json: {},
    path: '/',
    query: new URLSearchParams(),
    accessKey: 'AKIA1',
    ...rest,
  };
}

interface Parts {
  readonly company?: Partial<Company>;
  readonly iam?: Partial<IamFacts>;
  readonly identityCenter?: Partial<SeededIdentityCenter>;
  readonly compute?: Partial<ComputeFacts>;
}

/** A company as if it had been built, with what a test cares for. */
export function seededOf({ company = {}, iam = {}, identityCenter = {}, compute = {} }: Parts): Seeded {
  return {
    company: { ...sampleCompany, ...company },
    organization: { id: 'o-1', accounts: {}, references: new Map() },
    accounts: {},
    keys: {},
    networks: { snapshots: [], sites: [] },
    compute: { ...joinFacts([]), ...compute },
    iam: { keys: [], boundaries: {}, rolesLastUsed: {}, ...iam },
    identityCenter: {
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
      identityStoreId: 'd-1',
      permissionSets: {},
      provisioned: {},
      people: {},
      ...identityCenter,
    },
  };
}
