import { cypher } from '@ag/graph';

// A page and its run are one statement, so that they belong together.

/** A page of resources by id, and the run that it is as of. */
export const listResources = cypher`
  MATCH (current:Current {id: 'current'})
  MATCH (run:Run {id: current.run})
  RETURN run {.id, .startedAt, .finishedAt} AS asOf,
    COLLECT {
      MATCH (node:AwsResource)
      WHERE node.id > $after
        AND ($label IS NULL OR node.label = $label)
        AND ($account IS NULL OR node.account = $account)
        AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
      RETURN properties(node)
      ORDER BY node.id
      LIMIT toInteger($limit)
    } AS nodes
`;

/** How many there are in all. */
export const countResources = cypher`
  MATCH (node:AwsResource)
  WHERE ($label IS NULL OR node.label = $label)
    AND ($account IS NULL OR node.account = $account)
    AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
  RETURN count(node) AS total
`;

/** The same of principals and people. */
export const listPrincipals = cypher`
  MATCH (current:Current {id: 'current'})
  MATCH (run:Run {id: current.run})
  RETURN run {.id, .startedAt, .finishedAt} AS asOf,
    COLLECT {
      MATCH (node:Principal|Person)
      WHERE node.id > $after
        AND ($label IS NULL OR node.label = $label)
        AND ($account IS NULL OR node.account = $account)
        AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
      RETURN properties(node)
      ORDER BY node.id
      LIMIT toInteger($limit)
    } AS nodes
`;

/** How many there are in all. */
export const countPrincipals = cypher`
  MATCH (node:Principal|Person)
  WHERE ($label IS NULL OR node.label = $label)
    AND ($account IS NULL OR node.account = $account)
    AND ($name IS NULL OR toLower(coalesce(node.name, node.userName, node.id)) CONTAINS toLower($name))
  RETURN count(node) AS total
`;

/** The same of accounts. */
export const listAccounts = cypher`
  MATCH (current:Current {id: 'current'})
  MATCH (run:Run {id: current.run})
  RETURN run {.id, .startedAt, .finishedAt} AS asOf,
    COLLECT {
      MATCH (node:AwsAccount)
      WHERE node.id > $after
        AND ($name IS NULL OR toLower(coalesce(node.name, node.id)) CONTAINS toLower($name))
      RETURN properties(node)
      ORDER BY node.id
      LIMIT toInteger($limit)
    } AS nodes
`;

/** How many there are in all. */
export const countAccounts = cypher`
  MATCH (node:AwsAccount)
  WHERE $name IS NULL OR toLower(coalesce(node.name, node.id)) CONTAINS toLower($name)
  RETURN count(node) AS total
`;

/** Nodes by their ids. */
export const nodesById = cypher`
  UNWIND $ids AS id
  MATCH (node:Entity {id: id})
  RETURN properties(node) AS node
`;
