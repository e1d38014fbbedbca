import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  RegisterDelegatedAdministratorCommand,
  OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import type { Company, OrganizationNode, Policies } from '../company.ts';
import type { Accounts } from './clients.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';

/** The account that the emulator takes for the caller's. */
export const managementAccount = '123456789012';

export interface SeededOrganization {
  readonly id: string;
  /** Account ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly references: References;
}

/** Makes the organization: accounts first, since everything else refers to their ids. */
export async function seedOrganization(company: Company, clients: Accounts): Promise<SeededOrganization> {
  const client = clients.client(OrganizationsClient, managementAccount, 'us-east-1');
  const organization = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const id = required(organization.Organization?.Id, 'the organization');
  const accounts: Record<string, string> = { management: managementAccount };
  for (const [name, { title, email }] of Object.entries(company.accounts)) {
    if (name === 'management') continue;
    const answer = await client.send(new CreateAccountCommand({ AccountName: title, Email: email }));
    accounts[name] = required(answer.CreateAccountStatus?.AccountId, name);
  }
  const references = new Map([...Object.entries(accounts), ...Object.entries(company.outsiders), ['organization', id]]);

  const root = required((await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id, 'the root');
  for (const type of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] satisfies PolicyType[]) {
    // The emulator has them on already; AWS has not.
    await client.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: type })).catch(() => undefined);
  }
  const policies = new Map([
    ...(await seedPolicies(client, 'SERVICE_CONTROL_POLICY', company.serviceControlPolicies, references)),
    ...(await seedPolicies(client, 'RESOURCE_CONTROL_POLICY', company.resourceControlPolicies, references)),
  ]);
  await seedUnit(client, company.tree, root, { root, accounts, policies });
  for (const [name, ServicePrincipal] of Object.entries(company.delegated)) {
    const AccountId = required(accounts[name], name);
    await client.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  }
  return { id, accounts, references };
}

async function seedPolicies(
  client: OrganizationsClient,
  type: PolicyType,
  policies: Policies,
  references: References,
): Promise<readonly (readonly [string, string])[]> {
  const made: (readonly [string, string])[] = [];
  for (const [name, document] of Object.entries(policies)) {
    const answer = await client.send(
      new CreatePolicyCommand({ Name: name, Description: name, Type: type, Content: toText(document, references) }),
    );
    made.push([name, required(answer.Policy?.PolicySummary?.Id, name)]);
  }
  return made;
}

interface Known {
  readonly root: string;
  readonly accounts: Readonly<Record<string, string>>;
  readonly policies: ReadonlyMap<string, string>;
}

async function seedUnit(client: OrganizationsClient, node: OrganizationNode, id: string, known: Known): Promise<void> {
  for (const name of node.policies ?? []) {
    await client.send(new AttachPolicyCommand({ PolicyId: required(known.policies.get(name), name), TargetId: id }));
  }
  for (const name of node.accounts ?? []) {
    if (id === known.root) continue;
    const account = required(known.accounts[name], name);
    await client.send(
      new MoveAccountCommand({ AccountId: account, SourceParentId: known.root, DestinationParentId: id }),
    );
  }
  for (const unit of node.units ?? []) {
    const answer = await client.send(new CreateOrganizationalUnitCommand({ ParentId: id, Name: unit.name }));
    await seedUnit(client, unit, required(answer.OrganizationalUnit?.Id, unit.name), known);
  }
}
