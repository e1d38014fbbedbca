import type { Compute } from '../compute.ts';
import type { Accounts } from './clients.ts';
import type { References } from './references.ts';
import { type AccessEntryFact, type PodIdentityFact, seedContainers, seedKubernetes } from './seed-clusters.ts';
import { type FunctionUrlFact, seedFunctions } from './seed-functions.ts';
import {
  type ParameterPolicyFact,
  type ShareFact,
  seedBuilds,
  seedShares,
  seedSystemsManager,
  seedTrails,
  seedWorkflows,
} from './seed-operations.ts';
import { stableId } from './stable-id.ts';

/** Where something is built. */
export interface ComputePlace {
  readonly id: string;
  readonly region: string;
  readonly clients: Accounts;
  readonly references: References;
  readonly compute: Compute;
  /** Key ARNs by name. */
  readonly keys: Readonly<Record<string, string>>;
}

/** What of Roles Anywhere there is, as it lists it. The emulator does not have the service. */
export interface OutsideFact {
  readonly account: string;
  readonly region: string;
  readonly trustAnchors: readonly Readonly<Record<string, unknown>>[];
  readonly profiles: readonly Readonly<Record<string, unknown>>[];
}

/** What the emulator drops or does not have, for the proxy to answer. */
export interface ComputeFacts {
  readonly functionUrls: readonly FunctionUrlFact[];
  readonly accessEntries: readonly AccessEntryFact[];
  readonly podIdentities: readonly PodIdentityFact[];
  readonly parameterPolicies: readonly ParameterPolicyFact[];
  readonly shares: readonly ShareFact[];
  readonly outside: readonly OutsideFact[];
}

/** Builds what runs in one account, and what it shares. */
export async function seedCompute(place: ComputePlace): Promise<ComputeFacts> {
  const functionUrls = await seedFunctions(place);
  await seedContainers(place);
  const kubernetes = await seedKubernetes(place);
  await seedBuilds(place);
  await seedWorkflows(place);
  const parameterPolicies = await seedSystemsManager(place);
  const shares = await seedShares(place);
  await seedTrails(place);
  return { functionUrls, ...kubernetes, parameterPolicies, shares, outside: [outsideOf(place)] };
}

/** The facts of several accounts as one. */
export function joinFacts(all: readonly ComputeFacts[]): ComputeFacts {
  return {
    functionUrls: all.flatMap((facts) => facts.functionUrls),
    accessEntries: all.flatMap((facts) => facts.accessEntries),
    podIdentities: all.flatMap((facts) => facts.podIdentities),
    parameterPolicies: all.flatMap((facts) => facts.parameterPolicies),
    shares: all.flatMap((facts) => facts.shares),
    outside: all.flatMap((facts) => facts.outside),
  };
}

const made = { createdAt: '2026-09-01T10:00:00Z', updatedAt: '2026-09-01T10:00:00Z' };

function outsideOf({ id: account, region, compute }: ComputePlace): OutsideFact {
  const arn = (type: string, name: string) =>
    `arn:aws:rolesanywhere:${region}:${account}:${type}/${stableId(account, type, name)}`;
  return {
    ...{ account, region },
    trustAnchors: (compute.trustAnchors ?? []).map((name) => ({
      ...{ name, enabled: true, ...made, trustAnchorArn: arn('trust-anchor', name) },
      trustAnchorId: stableId(account, 'trust-anchor', name),
      source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: '-----BEGIN CERTIFICATE-----' } },
    })),
    profiles: Object.entries(compute.outsideProfiles ?? {}).map(([name, roles]) => ({
      ...{ name, enabled: true, durationSeconds: 3600, ...made, profileArn: arn('profile', name) },
      profileId: stableId(account, 'profile', name),
      roleArns: roles.map((role) => `arn:aws:iam::${account}:role/${role}`),
    })),
  };
}
