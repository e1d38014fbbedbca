/** Who can do an action on a resource, and through what. */
export const whoCanTypeDefs = /* GraphQL */ `
  "Someone who can make requests, or a person."
  type PrincipalRef {
    "The ARN; \`*\` for anyone, a service's name for a service."
    id: ID!
    "Its kind: IamRole, IamUser, IdentityCenterUser … \`Uncollected\` where nobody read it."
    label: String!
    "What people call it."
    name: String!
    "The account it belongs to."
    account: String
    "All that was read of it."
    resource: Resource
  }

  "One step of a way: a group, an assignment, a role that is assumed."
  type Hop {
    "Where it begins."
    from: ID!
    "What people call that."
    fromName: String!
    "MEMBER_OF, ASSIGNED, FEDERATES or CAN_ASSUME."
    edge: String!
    "Where it leads."
    to: ID!
    "What people call that."
    toName: String!
    "One sentence for people."
    sentence: String!
    "What decides it; absent where it is configured and needs no decision."
    decision: Decision
  }

  "One who can, and the way there."
  type AccessRow {
    "Who."
    principal: PrincipalRef!
    "How certain."
    decision: Decision!
    "The way; empty where the principal holds the permission itself."
    path: [Hop!]!
  }

  "A row with its place in the list."
  type AccessEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "The row."
    node: AccessRow!
  }

  "Everyone who can, a page at a time, by principal."
  type AccessConnection {
    "The rows of this page."
    edges: [AccessEdge!]!
    "Where the page stands."
    pageInfo: PageInfo!
    "How many rows there are in all."
    totalCount: Int!
    "The run that the answer is as of."
    asOf: Run!
    "What could not be read and may change the answer."
    gaps: [Gap!]!
  }

  "Whether only holders are listed, or also who can become one."
  enum Through {
    "Who holds the permission."
    DIRECT
    "Also everyone who can become a holder, people included."
    ANY_PATH
  }

  "A key of the request context that is known."
  input ContextKey {
    "Its name, such as aws:SourceIp."
    key: String!
    "Its value; several for a multivalued key."
    values: [String!]!
  }

  extend type Query {
    "Who can do this action on this resource, people included, and through what?"
    whoCan(
      "An action, such as s3:GetObject."
      action: String!
      "The resource's ARN."
      resource: String!
      "Holders alone, or everyone who can become one."
      through: Through! = ANY_PATH
      "Known keys of the request context."
      context: [ContextKey!]
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): AccessConnection!
  }
`;
