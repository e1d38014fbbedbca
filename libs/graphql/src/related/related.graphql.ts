/** What the edges of a resource lead to. */
export const relatedTypeDefs = /* GraphQL */ `
  "What an edge leads to, with its place in the list."
  type RelatedEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "Where it leads."
    node: Resource!
    "What the edge itself says, as JSON: of an assignment, its permission set and account."
    properties: String!
  }

  "What the edges of one kind lead to, a page at a time, by id."
  type RelatedConnection {
    "The edges of this page."
    edges: [RelatedEdge!]!
    "Where the page stands."
    pageInfo: PageInfo!
    "How many edges there are in all."
    totalCount: Int!
  }
`;
