import { cypher } from '@ag/graph';

/** A page of scopes by id. */
export const listScopes = cypher`
  MATCH (scope:Scope)
  WHERE scope.id > $after
    AND ($states IS NULL OR scope.state IN $states)
    AND ($account IS NULL OR scope.account = $account)
    AND ($label IS NULL OR scope.resource = $label)
  RETURN properties(scope) AS properties
  ORDER BY scope.id
  LIMIT toInteger($limit)
`;

export const countScopes = cypher`
  MATCH (scope:Scope)
  WHERE ($states IS NULL OR scope.state IN $states)
    AND ($account IS NULL OR scope.account = $account)
    AND ($label IS NULL OR scope.resource = $label)
  RETURN count(scope) AS total
`;

/** How many scopes are in which state. */
export const countStates = cypher`
  MATCH (scope:Scope)
  RETURN scope.state AS state, count(scope) AS count
  ORDER BY state
`;

/** What is referred to and was not read, by reason. */
export const countUncollected = cypher`
  MATCH (node:Uncollected)
  RETURN node.reason AS reason, count(node) AS count
  ORDER BY reason
`;

/** The scopes that something is missing of. */
export const scopesWithGaps = cypher`
  MATCH (scope:Scope)
  WHERE size(scope.gaps) > 0
    AND ($account IS NULL OR scope.account = $account)
    AND ($labels IS NULL OR scope.resource IN $labels)
  RETURN properties(scope) AS properties
  ORDER BY scope.id
`;
