import { cypher } from '@ag/graph';

/** A page of the edges of one type for each of several tails, with their number. Parallel edges are told apart by their key. */
export const relatedOf = cypher`
  UNWIND $ids AS id
  MATCH (tail:Entity {id: id})
  RETURN tail.id AS tail,
    COLLECT {
      MATCH (tail)-[edge:$($type)]->(head:Entity)
      WITH edge, head, head.id + ' ' + coalesce(edge.key, '') AS place
      WHERE place > $after
      RETURN {place: place, edge: properties(edge), head: properties(head)}
      ORDER BY place
      LIMIT toInteger($limit)
    } AS edges,
    COUNT { (tail)-[:$($type)]->(:Entity) } AS total
`;
