/** What is reached from outside the organization. */
export const externalAccessTypeDefs = /* GraphQL */ `
  "What an outsider is."
  enum OutsiderKind {
    "Anyone, without credentials."
    anyone
    "Whoever has credentials of any AWS account."
    anyAccount
    "Any principal of another organization."
    organization
    "An account that is neither collected, nor of the organization, nor trusted."
    account
    "A principal of such an account."
    principal
    "An AWS service, where nothing says for whom it may act."
    service
    "Whoever an identity provider signs in."
    identityProvider
  }

  "An action that is reached from outside."
  type ExternalAction {
    "The action, such as s3:GetObject."
    action: String!
    "Its access level: List, Read, Write, Tagging or Permissions management."
    level: String!
  }

  "What one outsider can do with one resource, as far as it is decided alike."
  type ExternalAccessRow {
    "The resource's ARN; a bucket's objects as …/*."
    resource: ID!
    "What people call it."
    resourceName: String!
    "Its service."
    service: String!
    "The account that owns it."
    account: String
    "Who reaches it."
    from: PrincipalRef!
    "What they are."
    kind: OutsiderKind!
    "Whether that is everybody."
    isPublic: Boolean!
    "What they can do; empty where a sharing does not tell."
    actions: [ExternalAction!]!
    "How certain, with what grants it."
    decision: Decision!
    "One sentence where it is granted by a sharing, which is no policy."
    sharing: String
    "What one should know of it."
    warnings: [String!]!
  }

  "A row with its place in the list."
  type ExternalAccessEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "The row."
    node: ExternalAccessRow!
  }

  "Everything that is reached from outside, a page at a time, by resource."
  type ExternalAccessConnection {
    "The rows of this page."
    edges: [ExternalAccessEdge!]!
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
    "What is reached from outside the organization, or by anyone, and what grants it?"
    externalAccess(
      "Only resources of a service, such as s3."
      service: String
      "Only resources of an account."
      account: String
      "Only actions of an access level, such as Write."
      level: String
      "How certain it must be at least."
      certainty: Certainty! = unknown
      "Accounts that count as inside."
      trusted: [String!]
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): ExternalAccessConnection!
  }
`;
