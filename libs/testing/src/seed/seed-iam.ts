import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import type { AccessKey, Account, Policies, Role, Tags, User } from '../company.ts';
import type { Accounts } from './clients.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';

/** An access key with the dates that the emulator does not know. */
export interface SeededKey extends AccessKey {
  readonly account: string;
  readonly user: string;
  readonly id: string;
}

/** What the emulator drops or never has, for the proxy to answer. */
export interface IamFacts {
  readonly keys: readonly SeededKey[];
  /** Boundary policies by user ARN. */
  readonly boundaries: Readonly<Record<string, string>>;
  readonly rolesLastUsed: Readonly<Record<string, NonNullable<Role['lastUsed']>>>;
}

/** Builds one account's IAM. */
export async function seedIam(
  id: string,
  account: Account,
  clients: Accounts,
  references: References,
): Promise<IamFacts> {
  const client = clients.client(IAMClient, id, 'us-east-1');
  const own = (name: string) => `arn:aws:iam::${id}:policy/${name}`;
  const keys: SeededKey[] = [];
  const boundaries: Record<string, string> = {};
  const rolesLastUsed: Record<string, NonNullable<Role['lastUsed']>> = {};

  for (const [name, document] of Object.entries(account.policies ?? {})) {
    await client.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: toText(document, references) }));
  }
  for (const { url, audiences } of account.oidcProviders ?? []) {
    await client.send(
      new CreateOpenIDConnectProviderCommand({
        Url: url,
        ClientIDList: [...audiences],
        ThumbprintList: ['0'.repeat(40)],
      }),
    );
  }
  for (const name of account.samlProviders ?? []) {
    await client.send(new CreateSAMLProviderCommand({ Name: name, SAMLMetadataDocument: metadata(name) }));
  }
  for (const [name, group] of Object.entries(account.groups ?? {})) {
    await client.send(new CreateGroupCommand({ GroupName: name }));
    for (const arn of policyArns(group, own)) {
      await client.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn: arn }));
    }
    for (const [PolicyName, PolicyDocument] of documents(group.inline, references)) {
      await client.send(new PutGroupPolicyCommand({ GroupName: name, PolicyName, PolicyDocument }));
    }
  }
  for (const [name, user] of Object.entries(account.users ?? {})) await seedUser(name, user);
  for (const [name, role] of Object.entries(account.roles ?? {})) await seedRole(name, role);
  return { keys, boundaries, rolesLastUsed };

  async function seedUser(name: string, user: User): Promise<void> {
    await client.send(new CreateUserCommand({ UserName: name, Tags: toTags(user.tags) }));
    for (const GroupName of user.groups ?? [])
      await client.send(new AddUserToGroupCommand({ UserName: name, GroupName }));
    for (const arn of policyArns(user, own)) {
      await client.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: arn }));
    }
    for (const [PolicyName, PolicyDocument] of documents(user.inline, references)) {
      await client.send(new PutUserPolicyCommand({ UserName: name, PolicyName, PolicyDocument }));
    }
    if (user.boundary !== undefined) boundaries[`arn:aws:iam::${id}:user/${name}`] = own(user.boundary);
    if (user.password)
      await client.send(new CreateLoginProfileCommand({ UserName: name, Password: 'not-a-secret-1A!' }));
    for (const key of user.keys ?? []) {
      const answer = await client.send(new CreateAccessKeyCommand({ UserName: name }));
      const keyId = required(answer.AccessKey?.AccessKeyId, `a key of ${name}`);
      if (key.inactive) {
        await client.send(new UpdateAccessKeyCommand({ UserName: name, AccessKeyId: keyId, Status: 'Inactive' }));
      }
      keys.push({ ...key, account: id, user: name, id: keyId });
    }
  }

  async function seedRole(name: string, role: Role): Promise<void> {
    const answer = await client.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: toText(role.trust, references),
        Tags: toTags(role.tags),
        ...(role.path !== undefined && { Path: role.path }),
        ...(role.description !== undefined && { Description: role.description }),
        ...(role.boundary !== undefined && {
          PermissionsBoundary: role.boundary.startsWith('arn:') ? role.boundary : own(role.boundary),
        }),
      }),
    );
    for (const arn of policyArns(role, own)) {
      await client.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: arn }));
    }
    for (const [PolicyName, PolicyDocument] of documents(role.inline, references)) {
      await client.send(new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument }));
    }
    if (role.instanceProfile) {
      await client.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
      await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
    }
    if (role.lastUsed) rolesLastUsed[required(answer.Role?.Arn, name)] = role.lastUsed;
  }
}

function policyArns(
  { managed = [], policies = [] }: { readonly managed?: readonly string[]; readonly policies?: readonly string[] },
  own: (name: string) => string,
): readonly string[] {
  return [...managed.map(awsPolicy), ...policies.map(own)];
}

/** The ARN of an AWS-managed policy, from its name with its path. */
export function awsPolicy(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

function documents(policies: Policies | undefined, references: References): readonly (readonly [string, string])[] {
  return Object.entries(policies ?? {}).map(([name, document]) => [name, toText(document, references)]);
}

export function toTags(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

export function metadata(name: string): string {
  const entity = `<EntityDescriptor entityID="https://${name}.example" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>`;
  // AWS asks for at least a thousand characters.
  return entity + `<!--${' '.repeat(1000)}-->`;
}
