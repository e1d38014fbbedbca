/** The proof of a decision. */
export const explanationTypeDefs = /* GraphQL */ `
  "One statement of a layer, and whether it is about the request."
  type StatementExplanation {
    "Which statement."
    statement: StatementRef!
    "Allow or Deny."
    effect: String!
    "yes, maybe or no."
    match: String!
    "The element that failed: action, resource, principal or condition."
    failed: String
    "Why."
    because: String!
  }

  "One layer of the proof."
  type LayerExplanation {
    "identity, boundary, scp, rcp, resource, trust …"
    layer: String!
    "The level of an SCP or RCP: a root, a unit or an account."
    target: ID
    "allows, denies, mayAllow, mayDeny, doesNotAllow, unknown or notApplicable."
    verdict: String!
    "Its statements."
    statements: [StatementExplanation!]!
  }

  "A decision with its proof."
  type Explanation {
    "The decision."
    decision: Decision!
    "Layer by layer."
    layers: [LayerExplanation!]!
    "What one should know beside it."
    warnings: [String!]!
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
`;
