import type { CredentialProvider, Credentials } from './credentials.ts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { UserError, exitCode, findArn } from '@ag/model';
import { AccountAccessError } from './account-access-error.ts';
import { type CredentialCache, createCredentialCache } from './credential-cache.ts';
import { classifyCredentialFailure } from './credential-failure.ts';
import { findDefaultRegion } from './default-region.ts';
import { safeMessage } from './safe-message.ts';
import type { ConnectionSettings } from './settings.ts';
import { type RoleRequest, assumeRole, createSts, getCaller } from './sts.ts';

/** A way into one account, or into an organization from one of its accounts. */
export interface Connection {
  readonly name: string;
  /** The caller's account. */
  readonly account: string;
  readonly partition: string;
  /** The region of the SDK's configuration. */
  readonly defaultRegion: string;
  readonly endpointUrl?: string;
  readonly settings: ConnectionSettings;
  /** Credentials in an account, from a cache. The provider throws `AccountAccessError` where the account cannot be entered. */
  credentialsFor(account: string): CredentialProvider;
  /** Forgets an account's credentials, after AWS called them expired. */
  invalidate(account: string, used?: Credentials): void;
  /** How often a role was assumed in the account. */
  assumptions(account: string): number;
}

export interface ConnectionOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly now?: () => Date;
  readonly sessionName?: string;
  /** How long assumed credentials live: 900 at least, 3600 at most where one role is assumed from another. */
  readonly durationSeconds?: number;
  /** For tests: the credentials to start from, and how long STS may take. */
  readonly credentials?: CredentialProvider;
  readonly requestTimeout?: number;
}

/** Opens a connection: finds credentials, assumes the first role, and asks STS who we are. Throws a `UserError` that says what to mend. */
export async function openConnection(
  settings: ConnectionSettings,
  options: ConnectionOptions = {},
): Promise<Connection> {
  const environment = options.environment ?? process.env;
  const now = options.now ?? (() => new Date());
  const endpointUrl = settings.endpointUrl ?? environment['AWS_ENDPOINT_URL'];
  const profile = settings.profile;
  const durationSeconds = Math.max(900, options.durationSeconds ?? 3600);
  const sessionName = options.sessionName ?? 'accessgraph';
  const defaultRegion = await findDefaultRegion(settings, environment);
  const secrets = settings.externalId === undefined ? [] : [settings.externalId];

  function stsWith(credentials: CredentialProvider) {
    const { requestTimeout } = options;
    return createSts({
      credentials,
      region: defaultRegion,
      endpointUrl,
      ...(requestTimeout !== undefined && { requestTimeout }),
    });
  }

  function cacheOf(mint: () => Promise<Credentials>): CredentialCache {
    return createCredentialCache({ mint, now, tooShort });
  }

  function request(roleArn: string): RoleRequest {
    return { roleArn, sessionName, externalId: settings.externalId, durationSeconds };
  }

  const start = options.credentials ?? (profile === undefined ? fromNodeProviderChain() : fromIni({ profile }));
  const base = cacheOf(() => start());
  const { roleArn } = settings;
  const entry = roleArn === undefined ? base : cacheOf(() => assumeFirst(roleArn));

  async function assumeFirst(arn: string): Promise<Credentials> {
    // Asked first, so that missing or expired credentials are not taken for a role that cannot be assumed.
    await base.provide();
    try {
      return await assumeRole(stsWith(base.provide), request(arn));
    } catch (error) {
      throw roleError(error, arn);
    }
  }

  function roleError(error: unknown, arn: string): Error {
    const failure = classifyCredentialFailure(error);
    if (failure.kind !== 'denied' && failure.kind !== 'unexpected') return error instanceof Error ? error : new Error();
    const message = `cannot assume the role \`${arn}\`: ${safeMessage(error, secrets)}`;
    return new UserError(message, exitCode.credentials, { cause: error });
  }

  const caller = await identify();
  const partition = findArn(caller.arn)?.partition ?? 'aws';

  async function identify() {
    try {
      await entry.provide();
      return await getCaller(stsWith(entry.provide));
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw toUserError(error, { settings, environment, endpointUrl, secrets });
    }
  }

  const members = new Map<string, CredentialCache>();

  function memberCache(account: string): CredentialCache {
    const known = members.get(account);
    if (known) return known;
    const made = cacheOf(() => enter(account));
    members.set(account, made);
    return made;
  }

  async function enter(account: string): Promise<Credentials> {
    const { roleName } = settings;
    if (roleName === undefined) {
      throw new AccountAccessError(account, 'notCollected', 'no role to assume in other accounts is configured');
    }
    const arn = `arn:${partition}:iam::${account}:role/${roleName.replace(/^\//, '')}`;
    try {
      return await assumeRole(stsWith(entry.provide), request(arn));
    } catch (error) {
      const { reason } = classifyCredentialFailure(error);
      const message = `cannot assume the role \`${arn}\`: ${safeMessage(error, secrets)}`;
      throw new AccountAccessError(account, reason, message, { cause: error });
    }
  }

  function cacheFor(account: string): CredentialCache {
    return account === caller.account ? entry : memberCache(account);
  }

  return {
    name: settings.name ?? 'default',
    account: caller.account,
    partition,
    defaultRegion,
    ...(endpointUrl !== undefined && { endpointUrl }),
    settings,
    credentialsFor: (account) => cacheFor(account).provide,
    invalidate: (account, used) => cacheFor(account).invalidate(used),
    assumptions: (account) => {
      if (account === caller.account) return roleArn === undefined ? 0 : entry.minted();
      return members.get(account)?.minted() ?? 0;
    },
  };
}

function tooShort(expiration: Date): Error {
  return Object.assign(new Error(`the credentials expire at ${expiration.toISOString()}, in less than two minutes`), {
    name: 'ExpiredToken',
    $metadata: { httpStatusCode: 403 },
  });
}

interface Situation {
  readonly settings: ConnectionSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly endpointUrl: string | undefined;
  readonly secrets: readonly string[];
}

/** What stopped us, as one sentence that says what to mend. */
function toUserError(error: unknown, { settings, environment, endpointUrl, secrets }: Situation): UserError {
  const { kind } = classifyCredentialFailure(error);
  const message = safeMessage(error, secrets);
  const profile = settings.profile ?? environment['AWS_PROFILE'];
  const ofProfile = profile === undefined ? '' : ` of the profile \`${profile}\``;
  const sentences: Readonly<Record<typeof kind, string>> = {
    none: `no AWS credentials were found${profile === undefined ? '' : ` for the profile \`${profile}\``}: set a profile, or the SDK's environment variables`,
    unknownProfile: `the AWS profile \`${profile ?? ''}\` does not exist, or holds no credentials`,
    expired: `the AWS credentials${ofProfile} have expired: ${message}`,
    rejected: `AWS does not accept the credentials${ofProfile}: ${message}`,
    denied: `AWS denies sts:GetCallerIdentity: ${message}`,
    unreachable: `cannot reach AWS${endpointUrl === undefined ? '' : ` at \`${endpointUrl}\``}: ${message}`,
    malformed: `what answers${endpointUrl === undefined ? '' : ` at \`${endpointUrl}\``} is not AWS: ${message}`,
    unexpected: `cannot find out whose credentials these are: ${message}`,
  };
  return new UserError(sentences[kind], exitCode.credentials, { cause: error });
}
