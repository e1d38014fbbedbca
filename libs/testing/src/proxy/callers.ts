import type { Principal } from '@ag/model';
import { managementAccount } from '../seed/seed-organization.ts';

/** Who an access key belongs to. */
export interface Caller {
  readonly account: string;
  readonly principal: Principal;
}

export interface Callers {
  of(accessKey: string): Caller;
  /** Learns the key of a session from the answer to AssumeRole. */
  learn(answer: string, roleArn: string): void;
}

/** A key that was never handed out by AssumeRole is taken for the management account's administrator. */
export function createCallers(): Callers {
  const known = new Map<string, Caller>();
  const administrator: Caller = {
    account: managementAccount,
    principal: { kind: 'root', arn: `arn:aws:iam::${managementAccount}:root`, account: managementAccount },
  };
  return {
    of: (accessKey) => known.get(accessKey) ?? administrator,
    learn(answer, roleArn) {
      const key = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
      const arn = /<Arn>(arn:[^<]+:assumed-role\/[^<]+)</.exec(answer)?.[1];
      const account = roleArn.split(':')[4];
      if (key === undefined || arn === undefined || account === undefined) return;
      const sessionName = arn.split('/').at(-1) ?? '';
      known.set(key, { account, principal: { kind: 'session', arn, account, roleArn, sessionName } });
    },
  };
}
