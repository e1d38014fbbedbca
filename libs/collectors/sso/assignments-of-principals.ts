import {
  type AccountAssignmentForPrincipal,
  SSOAdminClient,
  paginateListAccountAssignmentsForPrincipal,
} from '@aws-sdk/client-sso-admin';
import type { Action, Attempt, ReaderContext } from '@ag/resource';
import type { Instance } from './assignments.ts';
import { permissionSet } from './node-types.ts';

/** A person or a group of the directory, by the id that Identity Center knows it by. */
export interface DirectoryPrincipal {
  readonly id: string;
  readonly type: 'USER' | 'GROUP';
}

const pageSize = 100;
export const ofPrincipalAction: Action = 'sso:ListAccountAssignmentsForPrincipal';

/**
 * Whether to ask each principal of the directory, which is fewer calls where there are many accounts. Only the management account
 * may, and only a directory that was read in full names everybody.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignmentsForPrincipal.html
 */
export function isCheaperByPrincipal(
  context: ReaderContext,
  principals: readonly DirectoryPrincipal[] | undefined,
  pairs: number,
): principals is readonly DirectoryPrincipal[] {
  const { account } = context.place;
  const accounts = context.read('AwsAccount');
  // At least one assignment for each pair.
  if (!principals || principals.length + Math.floor(pairs / pageSize) >= pairs) return false;
  return accounts.some(({ id, properties }) => id === account && properties['management'] === true);
}

/** What every principal is assigned in every account, or the first failure. Whoever was deleted from the directory has none left. */
export async function listByPrincipal(
  context: ReaderContext,
  { arn, region }: Instance,
  principals: readonly DirectoryPrincipal[],
): Promise<Attempt<readonly AccountAssignmentForPrincipal[]>> {
  const client = context.client(SSOAdminClient, region);
  const results = await context.each(principals, ({ id, type }) =>
    context.attempt({ action: ofPrincipalAction, resource: permissionSet.label, arn }, async () => {
      const own: AccountAssignmentForPrincipal[] = [];
      const input = { InstanceArn: arn, PrincipalId: id, PrincipalType: type };
      for await (const page of paginateListAccountAssignmentsForPrincipal({ client, pageSize }, input)) {
        own.push(...(page.AccountAssignments ?? []));
      }
      // A person's listing holds what its groups bring, too: that is told by the groups.
      return own.filter(({ PrincipalId, PrincipalType }) => PrincipalId === id && PrincipalType === type);
    }),
  );
  const failed = results.find(({ ok }) => ok === false);
  if (failed?.ok === false) return failed;
  return { ok: true, value: results.flatMap((result) => (result.ok === true ? result.value : [])) };
}
