import { type Policy, type Question, decide, parsePolicy } from '@ag/policy';
import { type Principal, accountOf } from '@ag/model';
import type { Call } from './call.ts';
import type { Caller } from './callers.ts';
import { type Reply, deniedReply, unescapeXml } from './reply.ts';

/** Asks the emulator as an account of its choice. */
export type AskIam = (account: string, form: Readonly<Record<string, string>>) => Promise<string>;

/**
 * Decides AssumeRole from the stored trust policy, by our own engine: the emulator lets every cross-account call pass.
 * Callers are taken to be allowed by their own policies. `undefined` lets the call pass on.
 */
export async function refuseAssumeRole(call: Call, caller: Caller, ask: AskIam): Promise<Reply | undefined> {
  const roleArn = call.form.get('RoleArn') ?? '';
  const account = accountOf(roleArn);
  const message = `User: ${principalName(caller)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  if (account === undefined) return deniedReply(call, message);
  const answer = await ask(account, { Action: 'GetRole', RoleName: roleArn.split('/').at(-1) ?? '' });
  const trust = toTrust(answer, roleArn);
  if (!trust) return deniedReply(call, message);
  return decide(toQuestion(call, caller, { roleArn, account, trust })).outcome === 'allowed'
    ? undefined
    : deniedReply(call, message);
}

function toTrust(answer: string, roleArn: string): Policy | undefined {
  const arn = /<Arn>([^<]+)</.exec(answer)?.[1];
  const raw = /<AssumeRolePolicyDocument>([\s\S]*?)<\/AssumeRolePolicyDocument>/.exec(answer)?.[1];
  // The role that is asked for is named with its path.
  if (raw === undefined || arn !== roleArn) return undefined;
  const text = raw.startsWith('%7B') ? decodeURIComponent(raw) : unescapeXml(raw);
  const parsed = parsePolicy(text, 'trust');
  return parsed.ok ? { id: roleArn, kind: 'trust', document: parsed.document } : undefined;
}

function toQuestion(
  call: Call,
  caller: Caller,
  role: { readonly roleArn: string; readonly account: string; readonly trust: Policy },
): Question {
  const principal = whoAssumes(caller);
  const externalId = call.form.get('ExternalId');
  const arn = principal.kind === 'session' ? principal.roleArn : 'arn' in principal ? principal.arn : caller.account;
  const everything = parsePolicy(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    'identity',
  );
  return {
    request: { principal, action: 'sts:AssumeRole', resource: { arn: role.roleArn, account: role.account } },
    policies: {
      identity: everything.ok ? [{ id: 'administrator', kind: 'identity', document: everything.document }] : [],
      resource: role.trust,
    },
    knowledge: {
      rest: 'absent',
      context: {
        'aws:PrincipalArn': arn,
        'aws:PrincipalAccount': caller.account,
        'sts:RoleSessionName': call.form.get('RoleSessionName') ?? '',
        ...(externalId !== null && { 'sts:ExternalId': externalId }),
      },
    },
  };
}

// The emulator takes keys that it did not make for the root user's, who on AWS can assume no role.
function whoAssumes({ principal, account }: Caller): Principal {
  if (principal.kind !== 'root') return principal;
  return { kind: 'user', arn: `arn:aws:iam::${account}:user/administrator`, account };
}

function principalName({ principal, account }: Caller): string {
  return 'arn' in principal ? principal.arn : account;
}
