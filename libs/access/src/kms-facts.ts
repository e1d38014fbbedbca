import type { GraphNode, Unknown } from '@ag/model';
import type { Facts } from '@ag/policy';
import { isRecord, jsonOf, listOf, memberText, recordsOf, textOf, textsOf } from './properties.ts';

type KmsFacts = NonNullable<Facts['kms']>;
type KmsGrant = NonNullable<KmsFacts['grants']>[number];

/** Who manages a key, and its grants (KM3). */
export function kmsFacts(
  node: GraphNode,
): { readonly facts: KmsFacts; readonly unread: readonly Unknown[] } | undefined {
  if (!node.labels.includes('KmsKey')) return undefined;
  const action = listOf(node, 'unread').find((name) => name === 'kms:ListGrants');
  const reason = `the grants of key \`${node.id}\` could not be read`;
  return {
    facts: {
      keyManager: textOf(node, 'keyManager') === 'AWS' ? 'AWS' : 'CUSTOMER',
      grants: recordsOf(jsonOf(node, 'grants')).flatMap(toGrant),
    },
    unread: action === undefined ? [] : [{ layer: 'grant', id: node.id, action, reason }],
  };
}

function toGrant(record: Readonly<Record<string, unknown>>): readonly KmsGrant[] {
  const granteePrincipal = memberText(record, 'granteePrincipal');
  if (granteePrincipal === undefined) return [];
  const retiringPrincipal = memberText(record, 'retiringPrincipal');
  const constraints = toConstraints(record['constraints']);
  return [
    {
      granteePrincipal,
      operations: textsOf(record['operations']),
      ...(retiringPrincipal !== undefined && { retiringPrincipal }),
      ...(constraints && { constraints }),
    },
  ];
}

function toConstraints(value: unknown): KmsGrant['constraints'] {
  if (!isRecord(value)) return undefined;
  const equals = toContext(value['encryptionContextEquals'] ?? value['EncryptionContextEquals']);
  const subset = toContext(value['encryptionContextSubset'] ?? value['EncryptionContextSubset']);
  if (!equals && !subset) return undefined;
  return { ...(equals && { encryptionContextEquals: equals }), ...(subset && { encryptionContextSubset: subset }) };
}

function toContext(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
