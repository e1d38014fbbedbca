/** As of when everything is, and what could not be read. */
export const collectionTypeDefs = /* GraphQL */ `
  "One pass of the collector."
  type Run {
    "Its id; ids sort by time."
    id: ID!
    "When it began, ISO 8601."
    startedAt: String!
    "When it had read everything, ISO 8601."
    finishedAt: String!
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
    "Why, in a word: denied, deniedByScp, throttled, timeout, network, malformed …"
    reason: String!
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
    "\`complete\`, \`partial\`, \`skipped\`, \`detached\`, or why the listing failed."
    state: String!
    "The run that this content was read in."
    readInRun: String!
    "When it was read, ISO 8601."
    readAt: String!
    "What was missing at the last attempt."
    gaps: [Gap!]!
  }

  "What was read, and what was not."
  type Collection {
    "The run that everything is as of."
    asOf: Run!
    "Whether a large change is being written at this moment."
    loading: Boolean!
    "Scopes, the incomplete ones alone or all."
    scopes("Also the complete ones." all: Boolean = false): [Scope!]!
    "Everything that could not be read."
    gaps: [Gap!]!
  }

  extend type Query {
    "As of when this is, and what could not be read. Empty before the first run."
    collection: Collection
  }
`;
