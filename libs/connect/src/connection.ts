import { findArn } from '@ag/model';
import { AccountAccessError } from './account-access-error.ts';
import { type CredentialCache, createCredentialCache } from './credential-cache.ts';
import { classifyCredentialFailure } from './credential-failure.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { openEntry } from './entry.ts';
import { safeMessage, toSafeCause } from './safe-message.ts';
import type { ConnectionSettings } from './settings.ts';
import { type ConnectionOptions, type Situation, toSituation } from './situation.ts';
import { assumeRole, getCaller } from './sts.ts';
import { toUserError } from './to-user-error.ts';

/** A way into one account, or into an organization from one of its accounts. */
export interface Connection {
  readonly name: string;
  /** The caller's account. */
  readonly account: string;
  readonly partition: string;
  /** The region of the SDK's configuration. */
  readonly defaultRegion: string;
  readonly endpointUrl?: string;
  /** Without the external id: it is nobody else's business, and a log's least of all. */
  readonly settings: ConnectionSettings;
  /** Credentials in an account, from a cache. The provider throws `AccountAccessError` where the account cannot be entered. */
  credentialsFor(account: string): CredentialProvider;
  /** Forgets an account's credentials, after AWS called them expired; only `used`, where that is given. */
  invalidate(account: string, used?: Credentials): void;
  /** How often a role was assumed in the account. */
  assumptions(account: string): number;
}

/**
 * Opens a connection: finds credentials, assumes the first role, and asks STS who we are.
 * Throws a `UserError` that says what to mend.
 */
export async function openConnection(
  settings: ConnectionSettings,
  options: ConnectionOptions = {},
): Promise<Connection> {
  const situation = await toSituation(settings, options);
  const entry = openEntry(situation, options.credentials);
  const caller = await identify(situation, entry.provide);
  const partition = findArn(caller.arn)?.partition ?? 'aws';
  const members = openMembers(situation, entry.provide, partition);
  const cacheOf = (account: string) => (account === caller.account ? entry : members.cacheOf(account));

  return {
    name: settings.name ?? 'default',
    account: caller.account,
    partition,
    defaultRegion: situation.region,
    ...(situation.endpointUrl !== undefined && { endpointUrl: situation.endpointUrl }),
    settings: withoutSecret(settings),
    credentialsFor: (account) => cacheOf(account).provide,
    invalidate: (account, used) => cacheOf(account).invalidate(used),
    assumptions: (account) =>
      account === caller.account && settings.roleArn === undefined ? 0 : cacheOf(account).minted(),
  };
}

async function identify(situation: Situation, credentials: CredentialProvider) {
  try {
    await credentials();
    return await getCaller(situation.sts(credentials));
  } catch (error) {
    throw toUserError(error, situation);
  }
}

/** The credentials of every other account, each from a role of one name. */
function openMembers(situation: Situation, entry: CredentialProvider, partition: string) {
  const caches = new Map<string, CredentialCache>();

  async function enter(account: string): Promise<Credentials> {
    const { roleName } = situation.settings;
    if (roleName === undefined) {
      throw new AccountAccessError(account, 'notCollected', 'no role to assume in other accounts is configured');
    }
    const arn = `arn:${partition}:iam::${account}:role/${roleName.replace(/^\//, '')}`;
    try {
      return await assumeRole(situation.sts(entry), situation.toRequest(arn));
    } catch (error) {
      const message = `cannot assume the role \`${arn}\`: ${safeMessage(error, situation.secrets)}`;
      throw new AccountAccessError(account, classifyCredentialFailure(error).reason, message, {
        cause: toSafeCause(error, situation.secrets),
      });
    }
  }

  return {
    cacheOf(account: string): CredentialCache {
      const known = caches.get(account);
      if (known) return known;
      const made = createCredentialCache({ mint: () => enter(account), now: situation.now });
      caches.set(account, made);
      return made;
    },
  };
}

function withoutSecret({ externalId: _, ...settings }: ConnectionSettings): ConnectionSettings {
  return settings;
}
