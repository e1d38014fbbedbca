/** As of when everything is, and what could not be read. */
export const collectionTypeDefs = /* GraphQL */ `
  "One pass of the collector."
  type Run {
    "Its id: the second it began, and its number."
    id: ID!
    "When it began, ISO 8601."
    startedAt: String!
    "When it had read everything, ISO 8601."
    finishedAt: String!
  }

  "Why something could not be read."
  enum GapReason {
    "The policies of the reader do not allow it."
    denied
    "A policy of the organization denies it."
    deniedByScp
    "AWS asked for patience for longer than we had."
    throttled
    "The network failed."
    network
    "No answer came in time."
    timeout
    "The credentials ran out."
    expiredCredentials
    "The region is not enabled in the account."
    regionDisabled
    "The answer was not what AWS documents."
    malformed
    "It is not among what is collected."
    notCollected
    "It was read to its end and lacked so much that the content before stays until that is confirmed."
    held
    "Anything else."
    unexpected
  }

  "How the last attempt to read a scope ended: complete, in part, or why its listing failed."
  enum ScopeState {
    "It holds everything that was there."
    complete
    "It was listed in part."
    partial
    "It was left out on purpose."
    skipped
    "Its account is no longer reached by this connection; the last content stays."
    detached
    "The policies of the reader do not allow it."
    denied
    "A policy of the organization denies it."
    deniedByScp
    "AWS asked for patience for longer than we had."
    throttled
    "The network failed."
    network
    "No answer came in time."
    timeout
    "The credentials ran out."
    expiredCredentials
    "The region is not enabled in the account."
    regionDisabled
    "The answer was not what AWS documents."
    malformed
    "It is not among what is collected."
    notCollected
    "It was read to its end and lacked so much that the content before stays until that is confirmed."
    held
    "Anything else."
    unexpected
  }

  "Something that could not be read, and why."
  type Gap {
    "The IAM action that failed."
    action: String!
    "The resource it belongs to; without it, a whole listing is missing."
    arn: String
    "The kind of resource."
    resource: String!
    "The account."
    account: String!
    "The region; \`global\` where there is none."
    region: String!
    "Why, in a word."
    reason: GapReason!
    "One sentence for people."
    message: String!
  }

  "Connection × place × kind of resource: what is complete or not, as a whole."
  type Scope {
    "How we got in."
    connection: String!
    "The account."
    account: String!
    "The region; \`global\` where there is none."
    region: String!
    "The kind of resource."
    resource: String!
    "How the last attempt to read it ended."
    state: ScopeState!
    "The run that this content was read in."
    readInRun: String!
    "When it was read, ISO 8601."
    readAt: String!
    "What was missing at the last attempt."
    gaps: [Gap!]!
  }

  "A scope with its place in the list."
  type ScopeEdge {
    "Give it as \`after\` for what follows."
    cursor: String!
    "The scope."
    node: Scope!
  }

  "Scopes, a page at a time."
  type ScopeConnection {
    "The scopes of this page."
    edges: [ScopeEdge!]!
    "Where the page stands."
    pageInfo: PageInfo!
    "How many there are in all."
    totalCount: Int!
  }

  "How many scopes are in one state."
  type StateCount {
    "The state."
    state: ScopeState!
    "How many."
    count: Int!
  }

  "How much is referred to and was not read, for one reason."
  type UncollectedCount {
    "Why it was not read: another account’s, deleted, missing, or not readable."
    reason: String!
    "How many."
    count: Int!
  }

  "What was read, and what was not."
  type Collection {
    "The run that everything is as of."
    asOf: Run!
    "Whether a large change is being written at this moment."
    loading: Boolean!
    "How many scopes are in which state."
    states: [StateCount!]!
    "How much is referred to and was not read, by reason."
    uncollected: [UncollectedCount!]!
    "Scopes, a page at a time."
    scopes(
      "Only those in one of these states."
      states: [ScopeState!]
      "Only those of one account: its 12 digits."
      account: String
      "Only one kind of resource."
      label: String
      "How many rows, 500 at most."
      first: Int! = 50
      "The cursor to go on after."
      after: String
    ): ScopeConnection!
    "Everything that could not be read."
    gaps("Only in one account: its 12 digits." account: String, "Only of one kind of resource." label: String): [Gap!]!
  }

  extend type Query {
    "As of when this is, and what could not be read. Empty before the first run."
    collection: Collection
  }
`;
