import type { Choices } from './choices.ts';
import { attributeBased, conditionFor } from './conditions.ts';
import { type JsonCondition, type JsonStatement, joinConditions } from './document.ts';
import type { Plan, PlannedAccount } from './plan.ts';
import { type ResourceLabel, resourceLabels } from './plan-resources.ts';
import { type Vocabulary, actionPatterns, vocabularies, wildcardOnlyActions } from './vocabulary.ts';

type Kind = ResourceLabel | 'IamRole' | 'IamUser' | 'LogGroup';
const kinds: readonly Kind[] = [...resourceLabels, 'S3Bucket', 'S3Bucket', 'IamRole', 'IamUser', 'LogGroup'];

/** Statements of one identity policy, about its account's own resources and those of others. */
export function identityStatements(
  choices: Choices,
  plan: Plan,
  account: PlannedAccount,
  count: number,
): readonly JsonStatement[] {
  return Array.from({ length: count }, (_, index) => identityStatement(choices, plan, account, index));
}

function identityStatement(choices: Choices, plan: Plan, account: PlannedAccount, index: number): JsonStatement {
  const { knobs } = plan;
  const Effect = choices.chance(knobs.denies) ? 'Deny' : 'Allow';
  const conditional = choices.chance(knobs.conditions);
  if (choices.chance(0.05)) {
    const Condition = conditional ? conditionFor(choices, plan, account) : undefined;
    return { Effect, Action: choices.some(wildcardOnlyActions, 1, 3), Resource: '*', ...(Condition && { Condition }) };
  }
  const kind = choices.one(kinds);
  const words = vocabularies[kind];
  if (!words) return identityStatement(choices, plan, account, index);
  const inside = words.inside && choices.chance(0.6) ? words.inside : undefined;
  const resources = resourcesFor(choices, plan, account, kind, inside?.ending ?? '');
  const conditions: readonly JsonCondition[] = [
    ...(conditional ? [conditionFor(choices, plan, account, words.service)] : []),
    ...(choices.chance(knobs.abac) ? [choices.one(attributeBased)] : []),
  ];
  return {
    ...(choices.chance(0.4) && { Sid: `Statement${index}` }),
    Effect,
    ...actionElement(choices, plan, words, inside?.actions ?? words.actions),
    ...(choices.chance(knobs.notResource) ? { NotResource: resources } : { Resource: resources }),
    ...(conditions.length > 0 && { Condition: joinConditions(conditions) }),
  };
}

function actionElement(choices: Choices, { knobs }: Plan, { service }: Vocabulary, actions: readonly string[]) {
  const named = choices.some(actions, 1, 3);
  const patterns = choices.chance(knobs.wildcards) ? choices.some(actionPatterns[service] ?? ['*'], 1, 2) : [];
  const all = patterns.length > 0 && choices.chance(0.6) ? patterns : [...named, ...patterns];
  if (choices.chance(knobs.notAction)) return { NotAction: choices.chance(0.5) ? ['iam:*', ...all] : all };
  return { Action: all.length === 1 ? (all[0] ?? '*') : all };
}

function resourcesFor(
  choices: Choices,
  plan: Plan,
  account: PlannedAccount,
  kind: Kind,
  ending: string,
): string | readonly string[] {
  const { knobs } = plan;
  const owner = choices.chance(0.1) ? choices.one(plan.accounts) : account;
  const own = arnsOf(owner, kind);
  if (own.length === 0 || !choices.chance(knobs.ownResources)) {
    if (choices.chance(0.5)) return '*';
    return broadPattern(choices, account, kind, ending);
  }
  return choices.some(own, 1, 3).map((arn) => {
    const whole = ending === '' ? arn : arn + (choices.chance(0.7) ? ending : ending.replace('*', 'reports/*'));
    if (choices.chance(knobs.variables)) return withVariable(choices, whole, kind);
    return choices.chance(knobs.wildcards) ? blur(choices, whole) : whole;
  });
}

function arnsOf(account: PlannedAccount, kind: Kind): readonly string[] {
  if (kind === 'IamRole') return account.principals.roles.map(({ arn }) => arn);
  if (kind === 'IamUser') return account.principals.users.map(({ arn }) => arn);
  if (kind === 'LogGroup') return [`arn:aws:logs:eu-west-1:${account.id}:log-group:/aws/lambda/orders:*`];
  return account.resources[kind];
}

function broadPattern(choices: Choices, { id, team }: PlannedAccount, kind: Kind, ending: string): string {
  const name = vocabularies[kind]?.service ?? 's3';
  if (name === 's3') return choices.one([`arn:aws:s3:::acme-${team.toLowerCase()}-*`, 'arn:aws:s3:::*', 'arn:aws:s3:::acme-*-logs-?-*']) + ending;
  if (name === 'iam') return choices.one([`arn:aws:iam::${id}:role/app-*`, `arn:aws:iam::${id}:*`, 'arn:aws:iam::*:role/deploy-??']);
  return choices.one([`arn:aws:${name}:*:${id}:*`, `arn:aws:${name}:eu-west-1:*:*`, `arn:*:${name}:*:*:*`]);
} // prettier-ignore

/** A wildcard somewhere: in place of a part, of an ending, inside a name, or of one character. */
function blur(choices: Choices, arn: string): string {
  const parts = arn.split(':');
  const last = parts.length - 1;
  const name = parts[last] ?? '';
  switch (choices.below(6)) {
    case 0:
      return arn.replace(/:(eu|us)-[a-z]+-\d:/, ':*:');
    case 1:
      return arn.replace(/:\d{12}:/, ':*:');
    case 2:
      return [...parts.slice(0, last), `${name.slice(0, Math.ceil(name.length / 2))}*`].join(':');
    case 3:
      return [...parts.slice(0, last), name.replace(/[a-z0-9](?=[^a-z0-9]|$)/, '?')].join(':');
    case 4:
      return [...parts.slice(0, last), name.replace(/-[a-z0-9]+/, '-*')].join(':');
    default:
      return [...parts.slice(0, last), `*${name.slice(Math.min(3, name.length - 1))}`].join(':');
  }
}

/** Only after the fifth colon is `${` the beginning of a variable (VA2). */
function withVariable(choices: Choices, arn: string, kind: Kind): string {
  if (kind === 'S3Bucket') {
    const bucket = arn.split('/')[0] ?? arn;
    return choices.one([
      `${bucket}/home/\${aws:username}/*`,
      `${bucket}/\${aws:PrincipalTag/team}/*`,
      `${bucket}/\${aws:userid}/*`,
      `${bucket}/\${aws:PrincipalTag/stage, 'dev'}/*`,
      'arn:aws:s3:::acme-${aws:PrincipalTag/team}-*',
    ]);
  }
  if (kind === 'IamUser') return arn.replace(/user\/.*$/, 'user/${aws:username}');
  const cut = arn.split(':').slice(0, 5).join(':');
  const rest = arn.split(':').slice(5).join(':');
  const type = /^[a-z-]+[:/]/i.exec(rest)?.[0] ?? '';
  return `${cut}:${type}${choices.one(['${aws:PrincipalTag/team}/*', '*${aws:PrincipalAccount}*', '${*}', '${aws:username}*'])}`;
}
