/** Who can do what, and why. */
export const accessTypeDefs = /* GraphQL */ `
  "How certain an answer is."
  enum Outcome {
    "In every request context."
    allowed
    "In some contexts: see the condition."
    conditional
    "By a statement that denies."
    explicitlyDenied
    "Since no layer allows it."
    implicitlyDenied
    "Something that the answer needs could not be read, or is not modelled."
    unknown
  }

  "Where a statement stands."
  type StatementRef {
    "The node that holds the document."
    policy: ID!
    "What people call the policy."
    policyName: String!
    "As what it is attached: identity, boundary, scp, rcp, resource, trust …"
    kind: String!
    "Its position in the document, from 0."
    index: Int!
    "Its own id."
    sid: String
  }

  "What AWS would answer."
  type Decision {
    "How it comes out."
    outcome: Outcome!
    "One line: on what it depends, who denies, which layers do not allow, or what is unknown."
    text: String!
    "The condition as data (JSON), where the outcome is conditional."
    condition: String
    "Whether the condition was proven to hold in some contexts and not in others."
    checked: Boolean
    "The statements that deny."
    deniedBy: [StatementRef!]!
    "The statements that allow."
    allowedBy: [StatementRef!]!
    "The layers that do not allow."
    blockedAt: [String!]!
  }

  "Someone who can make requests, or a person."
  type PrincipalRef {
    "The ARN."
    id: ID!
    "Its kind: IamRole, IamUser, IdentityCenterUser …"
    label: String!
    "What people call it."
    name: String!
    "The account it belongs to."
    account: String
  }

  "One step of a way: a group, an assignment, a role that is assumed."
  type Hop {
    "Where it begins."
    from: ID!
    "MEMBER_OF, ASSIGNED, FEDERATES or CAN_ASSUME."
    edge: String!
    "Where it leads."
    to: ID!
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

  "Everyone who can, a page at a time."
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

  "An action that is possible."
  type PossibleAction {
    "The action, such as s3:GetObject."
    action: String!
    "Its access level: List, Read, Write, Tagging or Permissions management."
    level: String!
    "How certain."
    outcome: Outcome!
    "On what it depends."
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

  "Everything that a principal can do."
  type Capabilities {
    "Who was asked about."
    principal: PrincipalRef!
    "By resource."
    rows: [CapabilityRow!]!
    "The run that the answer is as of."
    asOf: Run!
    "What could not be read and may change the answer."
    gaps: [Gap!]!
  }

  extend type Query {
    "Who can do this action on this resource, people included, and through what?"
    whoCan(
      "An action, such as s3:GetObject."
      action: String!
      "The resource's ARN."
      resource: String!
      "Holders alone, or everyone who can become one."
      through: Through = ANY_PATH
      "Known keys of the request context."
      context: [ContextKey!]
      "How many rows, 500 at most."
      first: Int = 50
      "The cursor to go on after."
      after: String
    ): AccessConnection!
    "What can this person, user or role do?"
    whatCan(
      "An ARN, or a name where it is unique."
      principal: String!
      "Only actions that fit the pattern."
      action: String
      "Only resources that fit the pattern."
      resource: String
      "Known keys of the request context."
      context: [ContextKey!]
    ): Capabilities!
    "Why can this principal do that or not: which statements decide, and what is it conditional on?"
    explain(
      "An ARN, or a name where it is unique."
      principal: String!
      "An action, such as s3:GetObject."
      action: String!
      "The resource's ARN."
      resource: String!
      "Known keys of the request context."
      context: [ContextKey!]
    ): ExplainAnswer!
  }
`;
