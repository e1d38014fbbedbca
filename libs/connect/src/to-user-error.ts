import { UserError, exitCode } from '@ag/model';
import { type CredentialFailure, classifyCredentialFailure } from './credential-failure.ts';
import { safeMessage, toSafeCause } from './safe-message.ts';
import type { Situation } from './situation.ts';

/** What stopped us from finding out who we are, as one sentence that says what to mend. */
export function toUserError(error: unknown, situation: Situation): UserError {
  if (error instanceof UserError) return error;
  const { kind } = classifyCredentialFailure(error);
  return new UserError(sentence(kind, safeMessage(error, situation.secrets), situation), exitCode.credentials, {
    cause: toSafeCause(error, situation.secrets),
  });
}

function sentence(kind: CredentialFailure['kind'], message: string, { profile, endpointUrl }: Situation): string {
  const ofProfile = profile === undefined ? '' : ` of the profile \`${profile}\``;
  const atEndpoint = endpointUrl === undefined ? '' : ` at \`${endpointUrl}\``;
  switch (kind) {
    case 'none':
      return profile === undefined
        ? 'no AWS credentials were found: name a profile, or set the environment variables of the AWS SDK'
        : `no AWS credentials were found for the profile \`${profile}\`: ${message}`;
    case 'unknownProfile':
      return `the AWS profile \`${profile ?? ''}\` does not exist, or holds no credentials`;
    case 'expired':
      return `the AWS credentials${ofProfile} have expired: ${message}`;
    case 'rejected':
      return `AWS does not accept the credentials${ofProfile}: ${message}`;
    case 'denied':
      return `AWS denies to say whose credentials these are: ${message}`;
    case 'unreachable':
      return `cannot reach AWS${atEndpoint}: ${message}`;
    case 'malformed':
      return `what answers${atEndpoint} is not AWS: ${message}`;
    case 'unexpected':
      return `cannot find out whose credentials these are: ${message}`;
  }
}
