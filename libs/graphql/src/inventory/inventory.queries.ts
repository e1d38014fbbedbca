import { cypher } from '@ag/graph';

/** A page of nodes in one of the roles, by id, with how many there are. */
export const listNodes = cypher`
  MATCH (node:Entity)
  WHERE any(role IN $roles WHERE role IN labels(node))
    AND ($label IS NULL OR node.label = $label)
    AND ($account IS NULL OR node.account = $account OR node.id = $account)
    AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
  WITH collect(node) AS found
  UNWIND found AS node
  WITH node, size(found) AS total
  WHERE node.id > $after
  RETURN node.id AS id, node.label AS label, properties(node) AS properties, total
  ORDER BY id
  LIMIT toInteger($limit)
`;

/** How many nodes there are, where a page is empty. */
export const countNodes = cypher`
  MATCH (node:Entity)
  WHERE any(role IN $roles WHERE role IN labels(node))
    AND ($label IS NULL OR node.label = $label)
    AND ($account IS NULL OR node.account = $account OR node.id = $account)
    AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
  RETURN count(node) AS total
`;

/** Nodes by their ids. */
export const nodesById = cypher`
  UNWIND $ids AS id
  MATCH (node:Entity {id: id})
  RETURN node.id AS id, node.label AS label, properties(node) AS properties
`;

/** The heads of edges of one type from several tails, the first few of each. */
export const headsOf = cypher`
  UNWIND $ids AS id
  MATCH (tail:Entity {id: id})
  CALL (tail) {
    MATCH (tail)-[edge]->(head:Entity)
    WHERE type(edge) = $type
    RETURN head
    ORDER BY head.id
    LIMIT toInteger($first)
  }
  RETURN tail.id AS tail, head.id AS id, head.label AS label, properties(head) AS properties
  ORDER BY tail, id
`;
