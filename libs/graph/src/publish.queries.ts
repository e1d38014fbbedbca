import { cypher } from './cypher.ts';

export const heldNodes = cypher`
  MATCH (node:Entity)
  RETURN node.id AS id, node.contentHash AS hash, node.uniqueId AS uniqueId
`;

export const heldEdges = cypher`
  MATCH (tail:Entity)-[edge]->(head:Entity)
  RETURN elementId(edge) AS element,
    type(edge) AS type,
    tail.id AS from,
    head.id AS to,
    edge.key AS key,
    edge.contentHash AS hash
`;

export const heldScopes = cypher`
  MATCH (scope:Scope)
  RETURN scope.id AS id, scope.contentHash AS hash
`;

/** Another unique id under the same ARN is another node, which was first seen now (I11). */
export const writeNodes = cypher`
  UNWIND $rows AS row
  MERGE (node:Entity {id: row.id})
  ON CREATE SET node.firstSeenAt = $at
  ON MATCH SET node.firstSeenAt =
    CASE WHEN node.uniqueId <> row.properties.uniqueId THEN $at ELSE node.firstSeenAt END
  WITH node, row, node.firstSeenAt AS firstSeenAt,
    [label IN labels(node) WHERE label <> 'Entity' AND NOT label IN row.labels] AS formerLabels
  SET node = row.properties
  SET node.firstSeenAt = firstSeenAt
  SET node:$(row.labels)
  REMOVE node:$(formerLabels)
`;

/**
 * Answers how many it made: an end that is not there would drop its edge without a word. No MERGE: planned while the
 * database is still empty, it would scan all edges for each row. The fence sees to it that nothing is made twice.
 */
export const createEdges = cypher`
  UNWIND $rows AS row
  MATCH (tail:Entity {id: row.from})
  USING INDEX tail:Entity(id)
  MATCH (head:Entity {id: row.to})
  USING INDEX head:Entity(id)
  CREATE (tail)-[edge:$($type)]->(head)
  SET edge = row.properties
  SET edge.firstSeenAt = $at
  RETURN count(edge) AS written
`;

/** The former hash guards against an element id that Neo4j has given to another edge since. */
export const updateEdges = cypher`
  UNWIND $rows AS row
  MATCH ()-[edge]->()
  WHERE elementId(edge) = row.element AND edge.contentHash = row.formerHash
  WITH edge, row, edge.firstSeenAt AS firstSeenAt
  SET edge = row.properties
  SET edge.firstSeenAt = firstSeenAt
`;

export const removeEdges = cypher`
  UNWIND $rows AS row
  MATCH ()-[edge]->()
  WHERE elementId(edge) = row.element AND edge.contentHash = row.formerHash
  DELETE edge
`;

export const removeNodes = cypher`
  UNWIND $rows AS row
  MATCH (node:Entity {id: row.id})
  USING INDEX node:Entity(id)
  DETACH DELETE node
`;

export const writeScopes = cypher`
  UNWIND $rows AS row
  MERGE (scope:Scope {id: row.id})
  SET scope = row.properties
`;

export const removeScopes = cypher`
  UNWIND $rows AS row
  MATCH (scope:Scope {id: row.id})
  DELETE scope
`;

export const markLoading = cypher`
  MATCH (current:Current {id: 'current'})
  SET current.loading = true
`;

export const pointToRun = cypher`
  MERGE (run:Run {id: $id})
  SET run.number = toInteger($number), run.startedAt = $startedAt, run.finishedAt = $finishedAt
  WITH run
  MATCH (current:Current {id: 'current'})
  SET current.run = run.id, current.loading = false
`;
