import type { Company } from '../company.ts';
import type { Accounts } from './clients.ts';
import type { References } from './references.ts';
import { required } from './required.ts';
import { seedApis } from './seed-apis.ts';
import { seedDatabases } from './seed-databases.ts';
import { seedMessaging } from './seed-messaging.ts';
import { seedRepositories } from './seed-repositories.ts';
import { seedStorage } from './seed-storage.ts';

/** Where the assets of an account are built. */
export interface DataPlace {
  readonly account: string;
  readonly region: string;
  readonly clients: Accounts;
  readonly references: References;
  /** The ARN of one of the account's keys. */
  readonly keyArn: (name: string) => string;
}

/**
 * Builds what accounts store and pass on, as far as the emulator can; the rest the proxy answers. After everything else, so that the
 * ids of everything else stay what they were.
 */
export async function seedData(
  company: Company,
  clients: Accounts,
  {
    accounts,
    references,
    keys,
  }: {
    readonly accounts: Readonly<Record<string, string>>;
    readonly references: References;
    readonly keys: Readonly<Record<string, string>>;
  },
): Promise<void> {
  for (const [name, { data }] of Object.entries(company.accounts)) {
    if (!data) continue;
    const place: DataPlace = {
      account: required(accounts[name], name),
      region: company.homeRegion,
      clients,
      references,
      keyArn: (key) => required(keys[`${name}/${key}`], key),
    };
    await seedStorage(place, data);
    await seedMessaging(place, data);
    await seedRepositories(place, data);
    await seedDatabases(place, data);
    await seedApis(place, data);
  }
}
