import type { Company } from '../company.ts';
import { openAccounts } from './clients.ts';
import { required } from './required.ts';
import { type ComputeFacts, joinFacts, seedCompute } from './seed-compute.ts';
import { type IamFacts, seedIam } from './seed-iam.ts';
import { type SeededIdentityCenter, seedIdentityCenter } from './seed-identity-center.ts';
import { type SeededOrganization, seedOrganization } from './seed-organization.ts';
import { type SeededNetworks, seedNetworks } from './seed-network.ts';
import { readerLastUsed, seedReader } from './seed-reader.ts';
import { seedResources } from './seed-resources.ts';

/** What was built, with the ids that it got. */
export interface Seeded {
  readonly company: Company;
  readonly organization: SeededOrganization;
  /** Account ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly identityCenter: SeededIdentityCenter;
  /** Key ARNs, as `account/name`. */
  readonly keys: Readonly<Record<string, string>>;
  readonly iam: IamFacts;
  readonly networks: SeededNetworks;
  readonly compute: ComputeFacts;
}

export interface SeedOptions {
  /** An emulator that holds nothing. */
  readonly endpoint: string;
  readonly company: Company;
}

/** Builds a company in the AWS emulator. Ids are the same each time it is built in a fresh emulator. */
export async function seed({ endpoint, company }: SeedOptions): Promise<Seeded> {
  const fixed = await fetch(`${endpoint}/moto-api/seed?a=42`, { method: 'POST' });
  if (!fixed.ok) throw new Error(`the emulator at \`${endpoint}\` refuses to be seeded: ${fixed.status}`);
  const clients = openAccounts(endpoint, company.homeRegion);
  try {
    const organization = await seedOrganization(company, clients);
    const { accounts, references } = organization;
    const keys: Record<string, string> = {};
    const iam: IamFacts[] = [];
    const readers: string[] = [];
    const compute: ComputeFacts[] = [];
    for (const [name, account] of Object.entries(company.accounts)) {
      const id = required(accounts[name], name);
      iam.push(await seedIam(id, account, clients, references));
      if (name !== 'management') readers.push(await seedReader(id, clients));
      const made = await seedResources(id, account, clients, references, company.homeRegion);
      for (const [key, arn] of Object.entries(made)) keys[`${name}/${key}`] = arn;
      const place = { id, region: company.homeRegion, clients, references, keys: made, compute: account.compute ?? {} };
      compute.push(await seedCompute(place));
    }
    const identityCenter = await seedIdentityCenter(company, clients, { accounts, references });
    const networks = await seedNetworks({ endpoint, company, clients, accounts, references, keys });
    return {
      company,
      organization,
      accounts,
      identityCenter,
      keys,
      networks,
      compute: joinFacts(compute),
      iam: {
        keys: iam.flatMap((facts) => facts.keys),
        boundaries: join(iam.map((facts) => facts.boundaries)),
        rolesLastUsed: join([
          ...iam.map((facts) => facts.rolesLastUsed),
          ...readers.map((arn) => ({ [arn]: readerLastUsed })),
        ]),
      },
    };
  } finally {
    clients.close();
  }
}

function join<Value>(records: readonly Readonly<Record<string, Value>>[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
