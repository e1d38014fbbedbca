/** What was read: accounts, principals, resources. */
export const inventoryTypeDefs = /* GraphQL */ `
  "A resource with its place in the list."
  type ResourceEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "The resource."
    node: Resource!
  }

  "Resources, a page at a time, by id."
  type ResourceConnection {
    "The resources of this page."
    edges: [ResourceEdge!]!
    "Where the page stands."
    pageInfo: PageInfo!
    "How many there are in all."
    totalCount: Int!
    "The run that the list is as of."
    asOf: Run!
    "What could not be read and may be missing here, of its own or in it."
    gaps: [Gap!]!
  }

  extend type Query {
    "One resource, by its id."
    node("The ARN; an account's 12 digits." id: ID!): Resource
    "Everything that was read, or all of one kind."
    resources(
      "One kind alone."
      label: ResourceLabel
      "What one account owns: its 12 digits."
      account: String
      "Part of the name, in any case."
      name: String
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): ResourceConnection!
    "Users, roles, root users, services and people."
    principals(
      "One kind alone."
      label: ResourceLabel
      "Those of one account: its 12 digits."
      account: String
      "Part of the name, in any case."
      name: String
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): ResourceConnection!
    "AWS accounts."
    accounts(
      "Part of the name, in any case."
      name: String
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): ResourceConnection!
  }
`;
