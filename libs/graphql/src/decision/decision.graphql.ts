/** What AWS would answer, and what makes it so. */
export const decisionTypeDefs = /* GraphQL */ `
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

  "As what a policy is attached."
  enum PolicyKind {
    "To a user, group, role or permission set: managed or inline."
    identity
    "As a permissions boundary."
    boundary
    "To a session."
    session
    "As a service control policy of an organization."
    scp
    "As a resource control policy of an organization."
    rcp
    "To a resource."
    resource
    "To a role: who may assume it."
    trust
    "To a VPC endpoint."
    endpoint
    "To an access point."
    accessPoint
  }

  "A layer that must not stand in the way: the kinds of policies, and what AWS checks beside policies."
  enum Layer {
    "Policies of the principal and its groups."
    identity
    "The permissions boundary."
    boundary
    "Policies of the session."
    session
    "Service control policies."
    scp
    "Resource control policies."
    rcp
    "The resource's policy."
    resource
    "The role's trust policy."
    trust
    "The VPC endpoint's policy."
    endpoint
    "The access point's policy."
    accessPoint
    "Grants of a KMS key."
    grant
    "The access control list of a bucket or object."
    acl
    "Blocks of public access."
    publicAccessBlock
    "Rules of the service itself."
    service
  }

  "Where a statement stands."
  type StatementRef {
    "The node that holds the document."
    policy: ID!
    "What people call the policy."
    policyName: String!
    "As what it is attached."
    kind: PolicyKind!
    "Its position in the document, from 0."
    index: Int!
    "Its own id."
    sid: String
  }

  "Something that allowed."
  interface Grant {
    "One line for people."
    text: String!
  }

  "A statement that allowed."
  type StatementGrant implements Grant {
    "One line for people."
    text: String!
    "The statement."
    statement: StatementRef!
  }

  "A grant of a KMS key that allowed."
  type KmsKeyGrant implements Grant {
    "One line for people."
    text: String!
    "To whom it is granted."
    grantee: String!
  }

  "An entry of an access control list that allowed."
  type AclGrant implements Grant {
    "One line for people."
    text: String!
    "To whom it is granted."
    grantee: String!
  }

  "The root user's own power over its account."
  type RootUserGrant implements Grant {
    "One line for people."
    text: String!
  }

  "Something that a decision needs and that is not known."
  type UnknownFact {
    "The layer that it belongs to."
    layer: Layer!
    "The node that is unread, where there is one."
    id: ID
    "The action that would have read it."
    action: String
    "One sentence: what is missing and why."
    reason: String!
  }

  "What AWS would answer. No answer is a bare yes or no: each outcome has a type of its own, with what makes it so."
  interface Decision {
    "How it comes out."
    outcome: Outcome!
    "One line: on what it depends, who denies, which layers do not allow, or what is unknown."
    text: String!
  }

  "Allowed in every request context."
  type AllowedDecision implements Decision {
    "How it comes out."
    outcome: Outcome!
    "One line for people."
    text: String!
    "What allows."
    grants: [Grant!]!
  }

  "Allowed in some request contexts."
  type ConditionalDecision implements Decision {
    "How it comes out."
    outcome: Outcome!
    "The condition in words."
    text: String!
    "The condition as data: JSON, a tree of all, any, not, present, absent and test."
    condition: String!
    "Whether the condition was proven to hold in some contexts and not in others."
    checked: Boolean!
    "What allows where the condition holds."
    grants: [Grant!]!
  }

  "Denied by a statement, in every request context."
  type ExplicitlyDeniedDecision implements Decision {
    "How it comes out."
    outcome: Outcome!
    "Who denies, in one line."
    text: String!
    "The statements that deny."
    deniedBy: [StatementRef!]!
  }

  "Denied since a layer does not allow."
  type ImplicitlyDeniedDecision implements Decision {
    "How it comes out."
    outcome: Outcome!
    "Which layers do not allow, in one line."
    text: String!
    "The layers that do not allow."
    blockedAt: [Layer!]!
    "Statements that deny in some contexts: there the denial is explicit."
    mayBeDeniedBy: [StatementRef!]!
  }

  "Not known, since something could not be read or is not modelled."
  type UnknownDecision implements Decision {
    "How it comes out."
    outcome: Outcome!
    "What is missing, in one line."
    text: String!
    "What is missing."
    because: [UnknownFact!]!
  }
`;
