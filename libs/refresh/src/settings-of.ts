import type { ConnectionSettings } from '@ag/connect';
import type { GraphSettings } from '@ag/graph';
import type { Settings } from './settings-schema.ts';

/** The part of the settings that says how to get into AWS. */
export function connectionSettings({ aws }: Settings): ConnectionSettings {
  const { ous, ...rest } = aws;
  return { ...rest, ...(ous && { organizationalUnits: ous }) };
}

/** The part of the settings that says where Neo4j is; `undefined` where a local one is to be used. */
export function graphSettings({ neo4j }: Settings): GraphSettings | undefined {
  const { uri, ...rest } = neo4j;
  return uri === undefined ? undefined : { uri, ...rest };
}
