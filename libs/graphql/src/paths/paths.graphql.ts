/** By which chain one reaches another. */
export const pathsTypeDefs = /* GraphQL */ `
  "How certain a path must be at least."
  enum Certainty {
    "It holds in every request context."
    allowed
    "Also where it depends on a condition."
    conditional
    "Also where something could not be read."
    unknown
  }

  "Whether there are more paths than were given."
  enum MorePaths {
    "These are all."
    none
    "There are more: ask for a larger k."
    more
    "Perhaps: the search was given up, since there is too much to search."
    maybe
  }

  "One chain of steps."
  type AccessPath {
    "Where it begins: of everyone outside, who."
    from: PrincipalRef!
    "Each step; with an action the last one is the action on the resource (CAN)."
    hops: [Hop!]!
    "All steps together: their conditions join."
    decision: Decision!
  }

  "The best paths: the most certain first, then those of the fewest steps, then by the ids on the way."
  type PathsAnswer {
    "Who was asked about; absent for everyone outside."
    from: PrincipalRef
    "The role, the principal or the resource."
    to: ID!
    "The action on the resource."
    action: String
    "The paths, without loops."
    paths: [AccessPath!]!
    "Whether there are more."
    more: MorePaths!
    "The run that the answer is as of."
    asOf: Run!
    "What could not be read and may change the answer."
    gaps: [Gap!]!
  }

  extend type Query {
    "By which chain of groups, assignments, roles and trusts does one reach another, or an action on a resource?"
    paths(
      "An ARN, or a name where it is unique; outside for everyone who is not of the organization."
      from: String!
      "A role or principal; with an action the resource's ARN."
      to: String!
      "The action on the resource, such as s3:GetObject."
      action: String
      "How many paths, 100 at most."
      k: Int! = 5
      "The most steps before the action; any number where absent."
      depth: Int
      "How certain a path must be at least."
      certainty: Certainty! = unknown
      "Only paths that depend on none of these context keys."
      withoutKeys: [String!]
      "Known keys of the context of every request on the way."
      context: [ContextKey!]
    ): PathsAnswer!
  }
`;
