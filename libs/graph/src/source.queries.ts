import { cypher } from './cypher.ts';

export const currentRun = cypher`
  MATCH (current:Current {id: 'current'})
  MATCH (run:Run {id: current.run})
  RETURN run.id AS id,
    run.number AS number,
    run.startedAt AS startedAt,
    run.finishedAt AS finishedAt,
    current.loading AS loading
`;

/** The comparison makes Neo4j walk the index, which is in the right order already. */
export const allNodes = cypher`
  MATCH (node:Entity)
  WHERE node.id >= ''
  RETURN labels(node) AS labels, properties(node) AS properties
  ORDER BY node.id
`;

export const nodesOfLabel = cypher`
  MATCH (node:$($label))
  WHERE node:Entity
  RETURN labels(node) AS labels, properties(node) AS properties
  ORDER BY node.id
`;

/** By tail; edges of the same tail come in any order. */
export const allEdges = cypher`
  MATCH (tail:Entity)
  WHERE tail.id >= ''
  WITH tail
  ORDER BY tail.id
  MATCH (tail)-[edge]->(head:Entity)
  RETURN type(edge) AS type, tail.id AS from, head.id AS to, properties(edge) AS properties
`;

export const edgesOfType = cypher`
  MATCH (tail:Entity)-[edge:$($type)]->(head:Entity)
  RETURN type(edge) AS type, tail.id AS from, head.id AS to, properties(edge) AS properties
  ORDER BY from
`;

export const allScopes = cypher`
  MATCH (scope:Scope)
  RETURN properties(scope) AS properties
  ORDER BY scope.id
`;
