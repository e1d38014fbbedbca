/** What a principal can do. */
export const whatCanTypeDefs = /* GraphQL */ `
  "An action that is possible."
  type PossibleAction {
    "The action, such as s3:GetObject."
    action: String!
    "Its access level: List, Read, Write, Tagging or Permissions management."
    level: String!
    "How certain: allowed, conditional or unknown."
    outcome: Outcome!
    "On what it depends; absent where it is allowed."
    when: String
  }

  "What a principal can do with one resource."
  type CapabilityRow {
    "A collected resource's ARN, or a pattern."
    resource: String!
    "The service."
    service: String!
    "What is possible."
    actions: [PossibleAction!]!
    "As whom: the principal itself, or a role that it reaches."
    as: PrincipalRef!
    "The way to that role."
    path: [Hop!]!
  }

  "A row with its place in the list."
  type CapabilityEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "The row."
    node: CapabilityRow!
  }

  "Everything that a principal can do, a page at a time, by role and resource."
  type CapabilityConnection {
    "Who was asked about."
    principal: PrincipalRef!
    "The rows of this page."
    edges: [CapabilityEdge!]!
    "Where the page stands."
    pageInfo: PageInfo!
    "How many rows there are in all."
    totalCount: Int!
    "The run that the answer is as of."
    asOf: Run!
    "What could not be read and may change the answer."
    gaps: [Gap!]!
  }

  extend type Query {
    "What can this person, user or role do?"
    whatCan(
      "An ARN, or a name where it is unique."
      principal: String!
      "Only actions that fit the pattern, such as s3:Get*."
      action: String
      "Only resources that fit the pattern, such as arn:aws:s3:::reports*."
      resource: String
      "Known keys of the request context."
      context: [ContextKey!]
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): CapabilityConnection!
  }
`;
