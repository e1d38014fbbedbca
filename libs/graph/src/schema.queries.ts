import { cypher } from './cypher.ts';

export const entityIsUnique = cypher`
  CREATE CONSTRAINT entity_id IF NOT EXISTS
  FOR (node:Entity)
  REQUIRE node.id IS UNIQUE
`;

export const currentIsUnique = cypher`
  CREATE CONSTRAINT current_id IF NOT EXISTS
  FOR (node:Current)
  REQUIRE node.id IS UNIQUE
`;

export const runIsUnique = cypher`
  CREATE CONSTRAINT run_id IF NOT EXISTS
  FOR (node:Run)
  REQUIRE node.id IS UNIQUE
`;

export const scopeIsUnique = cypher`
  CREATE CONSTRAINT scope_id IF NOT EXISTS
  FOR (node:Scope)
  REQUIRE node.id IS UNIQUE
`;

export const readSchemaVersion = cypher`
  MATCH (current:Current {id: 'current'})
  RETURN current.schemaVersion AS version
`;

/** Never backwards: of two programs that migrate at once the newer one wins. */
export const raiseSchemaVersion = cypher`
  MERGE (current:Current {id: 'current'})
  WITH current
  WHERE coalesce(current.schemaVersion, 0) < $version
  SET current.schemaVersion = toInteger($version)
`;

export const listIndexNames = cypher`
  SHOW INDEXES
  YIELD name
  RETURN name
`;

export const waitForIndexes = cypher`
  CALL db.awaitIndexes(600)
`;
