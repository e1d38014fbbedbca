/** The proof of a decision. */
export const explainTypeDefs = /* GraphQL */ `
  "What a statement does where it matches."
  enum Effect {
    "It allows."
    Allow
    "It denies."
    Deny
  }

  "Whether a statement is about the request."
  enum Match {
    "It is."
    yes
    "It is in some contexts."
    maybe
    "It is not."
    no
  }

  "An element of a statement."
  enum StatementElement {
    "Action or NotAction."
    action
    "Resource or NotResource."
    resource
    "Principal or NotPrincipal."
    principal
    "Condition."
    condition
  }

  "What a layer says."
  enum Verdict {
    "It allows."
    allows
    "It denies."
    denies
    "It allows in some contexts."
    mayAllow
    "It denies in some contexts."
    mayDeny
    "Nothing in it allows."
    doesNotAllow
    "It could not be read, or is not modelled."
    unknown
    "It has no say here."
    notApplicable
  }

  "One statement of a layer, and whether it is about the request."
  type StatementExplanation {
    "Which statement."
    statement: StatementRef!
    "What it does where it matches."
    effect: Effect!
    "Whether it is about the request."
    match: Match!
    "The element that failed."
    failed: StatementElement
    "Why."
    because: String!
  }

  "One layer of the proof."
  type LayerExplanation {
    "Which layer."
    layer: Layer!
    "The level of an SCP or RCP: a root, a unit or an account."
    target: ID
    "What people call that level."
    targetName: String
    "What it says."
    verdict: Verdict!
    "Its statements."
    statements: [StatementExplanation!]!
    "What the layer did, or why it has no say, where no statement tells."
    because: String
  }

  "The smallest statement that a layer lacks."
  type Suggestion {
    "The layer that does not allow."
    layer: Layer!
    "The level of an SCP or RCP: a root, a unit or an account."
    target: ID
    "The statement, as JSON."
    statement: String!
  }

  "A decision with its proof."
  type Explanation {
    "The decision."
    decision: Decision!
    "Layer by layer."
    layers: [LayerExplanation!]!
    "What one should know beside it."
    warnings: [String!]!
    "For an implicit denial: what, added to each of these layers, would let the request pass."
    suggestions: [Suggestion!]!
  }

  "One way to the action."
  type Way {
    "As whom."
    as: PrincipalRef!
    "How one gets there."
    path: [Hop!]!
    "Why it works or not."
    explanation: Explanation!
  }

  "Why a principal can or cannot."
  type ExplainAnswer {
    "Who was asked about."
    principal: PrincipalRef!
    "The action."
    action: String!
    "The resource."
    resource: String!
    "The best of all ways."
    decision: Decision!
    "The proof of that decision."
    explanation: Explanation!
    "For a person each role they reach; for a principal each role it can become that matters."
    ways: [Way!]!
    "The run that the answer is as of."
    asOf: Run!
    "What could not be read and may change the answer."
    gaps: [Gap!]!
  }

  extend type Query {
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
