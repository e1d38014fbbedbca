import type { GraphNode, PolicyKind, Unknown } from '@ag/model';
import { type ParsedPolicy, type Policy, parsePolicy } from '@ag/policy';
import { attachedKind, attachedText } from './policy-sources.ts';
import { listOf, textOf } from './properties.ts';

/** A document that holds, or why nobody knows what it says; neither where there is none. */
export interface PolicyReading {
  readonly policy?: Policy;
  readonly unread?: Unknown;
}

/** Reads policy documents, each distinct one once. */
export interface PolicyTable {
  /** The managed or inline policy, SCP or RCP that a node is. */
  readDocument(node: GraphNode | undefined, id: string, kind: PolicyKind): PolicyReading;
  /** The policy that a resource carries. */
  readAttached(node: GraphNode): PolicyReading;
}

export function policyTable(): PolicyTable {
  const parsed = new Map<string, ParsedPolicy>();
  // Who holds the same policy holds the same object, so that it is prepared once.
  const policies = new Map<string, Policy>();

  function parse(text: string, kind: PolicyKind): ParsedPolicy {
    const key = `${kind} ${text}`;
    const held = parsed.get(key) ?? parsePolicy(text, kind);
    parsed.set(key, held);
    return held;
  }

  function read(id: string, kind: PolicyKind, text: string): PolicyReading {
    const answer = parse(text, kind);
    if (answer.ok) return { policy: toPolicy(id, kind, answer.document) };
    const [first] = answer.findings;
    const reason = `policy \`${id}\` is malformed${first ? `: ${first.message}` : ''}`;
    return { unread: { layer: kind, id, reason } };
  }

  function toPolicy(id: string, kind: PolicyKind, document: Policy['document']): Policy {
    const key = `${kind} ${id}`;
    const known = policies.get(key);
    if (known?.document === document) return known;
    const policy: Policy = { id, kind, document };
    policies.set(key, policy);
    return policy;
  }

  return {
    readDocument(node, id, kind) {
      const text = textOf(node, 'document');
      if (text !== undefined) return read(id, kind, text);
      const reason = `the document of policy \`${id}\` was not read`;
      return { unread: { layer: kind, id, action: readingAction(kind), reason } };
    },
    readAttached(node) {
      const kind = attachedKind(node);
      if (listOf(node, 'unreadPolicies').includes(kind)) return { unread: unreadAttached(node, kind) };
      const text = attachedText(node);
      return text === undefined ? {} : read(node.id, kind, text);
    },
  };
}

function unreadAttached(node: GraphNode, kind: 'resource' | 'trust' | 'accessPoint'): Unknown {
  const action =
    listOf(node, 'unread').find((name) => /Policy|Attributes|Role/.test(name)) ?? listOf(node, 'unread')[0];
  const reason = `the ${kind} policy of \`${node.id}\` could not be read`;
  return { layer: kind, id: node.id, reason, ...(action !== undefined && { action }) };
}

/** The action that would have read a document. */
function readingAction(kind: PolicyKind): string {
  return kind === 'scp' || kind === 'rcp' ? 'organizations:DescribePolicy' : 'iam:GetPolicyVersion';
}
