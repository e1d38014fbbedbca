import type { PolicyJson, Tags } from '../company.ts';
import type { DataAssets } from '../data.ts';
import { toText } from '../seed/references.ts';
import type { Seeded } from '../seed/seed.ts';
import { ofPackages } from './answers-packages.ts';
import type { Call } from './call.ts';
import { type Reply, errorReply, escapeXml, jsonReply } from './reply.ts';

/** What is asked, of whom, and what the description says of them. */
export interface Question {
  readonly call: Call;
  readonly data: DataAssets;
  readonly text: (policy: PolicyJson) => string;
  readonly keyArn: (name: string) => string | undefined;
}

/** When the emulator's missing resources were made. */
const madeAt = '2025-06-01T08:00:00Z';
export const madeSeconds = Date.parse(madeAt) / 1000;

/** Answers of services that the emulator lacks, or has without policies: from the company's description. */
export function answerData(call: Call, seeded: Seeded): Reply | undefined {
  const { company, accounts, organization, keys } = seeded;
  const [name = ''] = Object.entries(accounts).find(([, id]) => id === call.account) ?? [];
  const question: Question = {
    call,
    // It is all in the home region.
    data: isAtHome(call, company.homeRegion) ? (company.accounts[name]?.data ?? {}) : {},
    text: (policy) => toText(policy, organization.references),
    keyArn: (key) => keys[`${name}/${key}`],
  };
  switch (call.service) {
    case 'ecr':
      return call.operation === 'GetAccountSetting'
        ? jsonReply({ name: 'REGISTRY_POLICY_SCOPE', value: 'V2' })
        : undefined;
    case 'ecr-public':
      return ofPublicRepositories(question);
    case 'codeartifact':
      return ofPackages(question);
    case 'backup':
      return ofVaults(question);
    case 'dynamodb':
      return ofStreams(question);
    // The emulator has no authorizers of these.
    case 'apigateway':
      return call.operation === 'GetAuthorizers' && call.path.startsWith('/v2/') ? jsonReply({ items: [] }) : undefined;
    // The emulator answers with nothing where AWS says that there is no policy.
    case 'glue':
      return call.operation === 'GetResourcePolicy' && !question.data.catalog?.policy
        ? errorReply(call, 'EntityNotFoundException', 'Policy not found', 400)
        : undefined;
    case 's3':
    case 's3express':
      return ofAccessPoints(question) ?? ofDirectoryBuckets(question);
    case 's3tables':
      return ofTableBuckets(question);
    default:
      return undefined;
  }
}

function isAtHome({ service, region }: Call, homeRegion: string): boolean {
  return service === 'ecr-public' || region === homeRegion;
}

/** The emulator has no public repositories. */
function ofPublicRepositories({ call, data, text }: Question): Reply | undefined {
  const arn = (name: string) => `arn:aws:ecr-public::${call.account}:repository/${name}`;
  const repositories = Object.entries(data.publicRepositories ?? {});
  switch (call.operation) {
    case 'DescribeRepositories':
      return jsonReply({
        repositories: repositories.map(([repositoryName]) => ({
          repositoryArn: arn(repositoryName),
          registryId: call.account,
          repositoryName,
          repositoryUri: `public.ecr.aws/northwind/${repositoryName}`,
          createdAt: madeSeconds,
        })),
      });
    case 'GetRepositoryPolicy': {
      const policy = data.publicRepositories?.[String(call.json['repositoryName'])]?.policy;
      return policy
        ? jsonReply({ policyText: text(policy) })
        : errorReply(call, 'RepositoryPolicyNotFoundException', 'Repository policy does not exist', 400);
    }
    case 'ListTagsForResource': {
      const [, found] = repositories.find(([name]) => arn(name) === call.json['resourceArn']) ?? [];
      return jsonReply({ tags: toPairs(found?.tags) });
    }
    default:
      return undefined;
  }
}

/** The emulator keeps no policies of vaults. */
function ofVaults({ call, data, text }: Question): Reply | undefined {
  if (call.operation !== 'GetBackupVaultAccessPolicy') return undefined;
  const name = decodeURIComponent(/\/backup-vaults\/([^/]+)/.exec(call.path)?.[1] ?? '');
  const policy = data.vaults?.[name]?.policy;
  if (policy) return jsonReply({ BackupVaultName: name, Policy: text(policy) });
  return errorReply(call, 'ResourceNotFoundException', 'The vault has no access policy', 400);
}

/** The emulator keeps no policies of streams. */
function ofStreams({ call, data, text }: Question): Reply | undefined {
  const [, name = ''] = /:table\/([^/]+)\/stream\//.exec(String(call.json['ResourceArn'])) ?? [];
  if (call.operation !== 'GetResourcePolicy' || name === '') return undefined;
  const policy = data.tables?.[name]?.stream?.policy;
  if (policy) return jsonReply({ Policy: text(policy), RevisionId: '1' });
  return errorReply(call, 'PolicyNotFoundException', 'Resource-based policy not found', 400);
}

/** The emulator lists access points in every region, as if they were in us-east-1, and knows no tags of them. */
function ofAccessPoints({ call, data }: Question): Reply | undefined {
  switch (call.operation) {
    case 'ListAccessPoints': {
      const listed = Object.entries(data.accessPoints ?? {}).map(
        ([name, { bucket, vpc }]) =>
          `<AccessPoint><Name>${name}</Name><Bucket>${bucket}</Bucket>` +
          `<BucketAccountId>${call.account}</BucketAccountId>` +
          (vpc === undefined
            ? '<NetworkOrigin>Internet</NetworkOrigin>'
            : `<NetworkOrigin>VPC</NetworkOrigin><VpcConfiguration><VpcId>${vpc}</VpcId></VpcConfiguration>`) +
          `<AccessPointArn>arn:aws:s3:${call.region}:${call.account}:accesspoint/${name}</AccessPointArn></AccessPoint>`,
      );
      return xmlReply('ListAccessPointsResult', `<AccessPointList>${listed.join('')}</AccessPointList>`);
    }
    case 'ListTagsForResource':
      return xmlReply('ListTagsForResourceResult', '<Tags></Tags>');
    default:
      return undefined;
  }
}

/** The emulator has no directory buckets. */
function ofDirectoryBuckets({ call, data, text }: Question): Reply | undefined {
  const buckets = data.directoryBuckets ?? {};
  if (call.operation === 'ListDirectoryBuckets') {
    const listed = Object.keys(buckets).map(
      (name) => `<Bucket><Name>${name}</Name><CreationDate>${madeAt}</CreationDate></Bucket>`,
    );
    return xmlReply('ListAllMyDirectoryBucketsResult', `<Buckets>${listed.join('')}</Buckets>`);
  }
  const name = /^\/+([^/?]+--x-s3)/.exec(call.path)?.[1] ?? '';
  if (!(name in buckets)) return undefined;
  switch (call.operation) {
    case 'GetBucketPolicy': {
      const policy = buckets[name]?.policy;
      if (!policy) return errorReply(call, 'NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
      return { status: 200, type: 'application/json', body: text(policy) };
    }
    case 'GetBucketEncryption':
      return xmlReply(
        'ServerSideEncryptionConfiguration',
        '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>',
      );
    default:
      return undefined;
  }
}

/** The emulator has table buckets in three regions only, and neither their policies nor their encryption. */
function ofTableBuckets({ call, data, text }: Question): Reply | undefined {
  const path = decodeURIComponent(call.path);
  const [, bucket = ''] = /:bucket\/([^/]+)/.exec(path) ?? [];
  const missing = errorReply(call, 'NotFoundException', 'The policy does not exist', 404);
  const arn = (name: string) => `arn:aws:s3tables:${call.region}:${call.account}:bucket/${name}`;
  switch (call.operation) {
    case 'ListTableBuckets':
      return jsonReply({
        tableBuckets: Object.keys(data.tableBuckets ?? {}).map((name) => ({
          arn: arn(name),
          name,
          ownerAccountId: call.account,
          createdAt: madeAt,
          type: 'customer',
        })),
      });
    case 'ListTables':
      return jsonReply({
        tables: Object.entries(data.tableBuckets?.[bucket]?.tables ?? {}).map(([name, { namespace }]) => ({
          namespace: [namespace],
          name,
          type: 'customer',
          tableARN: `${arn(bucket)}/table/${name}`,
          createdAt: madeAt,
          modifiedAt: madeAt,
        })),
      });
    case 'GetTableBucketPolicy': {
      const policy = data.tableBuckets?.[bucket]?.policy;
      return policy ? jsonReply({ resourcePolicy: text(policy) }) : missing;
    }
    case 'GetTablePolicy': {
      const [, table = ''] = /\/([^/]+)\/policy$/.exec(path) ?? [];
      const policy = data.tableBuckets?.[bucket]?.tables?.[table]?.policy;
      return policy ? jsonReply({ resourcePolicy: text(policy) }) : missing;
    }
    case 'GetTableBucketEncryption':
      return jsonReply({ encryptionConfiguration: { sseAlgorithm: 'AES256' } });
    case 'ListTagsForResource':
      return jsonReply({ tags: data.tableBuckets?.[bucket]?.tags ?? {} });
    default:
      return undefined;
  }
}

function toPairs(tags: Tags = {}) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function xmlReply(root: string, content: string): Reply {
  const name = escapeXml(root);
  return {
    status: 200,
    type: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?><${name}>${content}</${name}>`,
  };
}
