import {
  BackupClient,
  GetBackupVaultAccessPolicyCommand,
  paginateListBackupVaults,
  paginateListTags,
} from '@aws-sdk/client-backup';
import { encodeTags } from '@ag/model';
import { boolean, date, defineResource, eventResource, number, string, strings } from '@ag/resource';

const secondsOfDay = 24 * 60 * 60;

export const vault = defineResource('BackupVault', {
  description: 'Keeps backups of other resources. Its policy says who may copy into it, restore from it and delete.',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html',
  scope: 'regional',
  client: BackupClient,
})
  .list('backup:ListBackupVaults', async function* ({ client }) {
    const pages = paginateListBackupVaults({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.BackupVaultList ?? [];
  })
  .detail('policy', 'backup:GetBackupVaultAccessPolicy', async ({ client }, { BackupVaultName }) => {
    const answer = await client.send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }));
    return answer.Policy;
  })
  .detail('tags', 'backup:ListTags', async ({ client }, { BackupVaultArn }) => {
    const tags: Record<string, string> = {};
    const pages = paginateListTags({ client, pageSize: 1000 }, { ResourceArn: BackupVaultArn });
    for await (const page of pages) Object.assign(tags, page.Tags);
    return tags;
  })
  .node(({ item }) => item.BackupVaultArn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.BackupVaultName, { indexed: true }),
    kind: string('BACKUP_VAULT, LOGICALLY_AIR_GAPPED_BACKUP_VAULT …', ({ item }) => item.VaultType),
    locked: boolean('Whether nobody may shorten how long backups are kept.', ({ item }) => item.Locked ?? false),
    lockedAt: date('From when on the lock cannot be removed.', ({ item }) => item.LockDate),
    minRetentionSeconds: number('How long backups are kept at least.', ({ item }) => toSeconds(item.MinRetentionDays)),
    maxRetentionSeconds: number('How long backups are kept at most.', ({ item }) => toSeconds(item.MaxRetentionDays)),
    createdAt: date('When it was made.', ({ item }) => item.CreationDate),
    tags: strings('Tags as `key=value`.', ({ tags }) => encodeTags(tags ?? {})),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'The backups in the vault are encrypted with the key.',
    ({ item }) => item.EncryptionKeyArn || undefined,
  )
  .policy('resource', ({ policy }) => policy)
  .trail('backup.amazonaws.com', (event) => eventResource(event, 'backup', 'backup-vault:'));

function toSeconds(days: number | undefined): number | undefined {
  return days === undefined ? undefined : days * secondsOfDay;
}
