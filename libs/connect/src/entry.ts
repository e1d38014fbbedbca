import { UserError, exitCode } from '@ag/model';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { type CredentialCache, createCredentialCache } from './credential-cache.ts';
import { classifyCredentialFailure } from './credential-failure.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { safeMessage, toSafeCause } from './safe-message.ts';
import type { Situation } from './situation.ts';
import { assumeRole } from './sts.ts';

/** The first credentials: the SDK's, or those of the role that is assumed before anything else. */
export function openEntry(situation: Situation, given?: CredentialProvider): CredentialCache {
  const { now, settings } = situation;
  const start = given ?? findCredentials(situation);
  const base = createCredentialCache({ mint: () => start(), now });
  const { roleArn } = settings;
  if (roleArn === undefined) return base;
  return createCredentialCache({ mint: () => assumeFirst(situation, base.provide, roleArn), now });
}

function findCredentials({ settings: { profile }, region, endpointUrl }: Situation): CredentialProvider {
  const clientConfig = { region, ...(endpointUrl !== undefined && { endpoint: endpointUrl }) };
  // The chain would pass over a profile that does not exist, and take whatever comes next.
  return profile === undefined ? fromNodeProviderChain({ clientConfig }) : fromIni({ profile, clientConfig });
}

async function assumeFirst(situation: Situation, base: CredentialProvider, roleArn: string): Promise<Credentials> {
  // Asked first, so that missing or expired credentials are not taken for a role that cannot be assumed.
  await base();
  try {
    return await assumeRole(situation.sts(base), situation.toRequest(roleArn));
  } catch (error) {
    const { kind } = classifyCredentialFailure(error);
    if (kind !== 'denied' && kind !== 'unexpected') throw error;
    const message = `cannot assume the role \`${roleArn}\`: ${safeMessage(error, situation.secrets)}`;
    throw new UserError(message, exitCode.credentials, { cause: toSafeCause(error, situation.secrets) });
  }
}
