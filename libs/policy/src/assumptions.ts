/** Something that AWS does not document and that the engine takes to be so. */
export interface Assumption {
  readonly id: string;
  readonly assumption: string;
  /** The rules that rest on it. */
  readonly rules: readonly string[];
  /** What would change if it were false. */
  readonly otherwise: string;
}

/** Every inference of the engine, in one place, so that each can be corrected in one place. */
export const assumptions: readonly Assumption[] = [
  {
    id: 'arn-segments',
    assumption:
      'a wildcard within one of the first five parts of a Resource does not cross a colon; a `*` that ends the part does, as documented',
    rules: ['MA4'],
    otherwise: 'match/arn-pattern.ts would match the whole text, and a few patterns would name more',
  },
  {
    id: 'any-arn',
    assumption: 'a `*` alone under an Arn operator fits every ARN, though it has no six parts',
    rules: ['CO8'],
    otherwise: 'condition/compare.ts would fit nothing, and denies and allows that use it would never apply',
  },
  {
    id: 'resource-case',
    assumption: 'the names in a Resource are compared with case, as ArnEquals compares them',
    rules: ['MA6'],
    otherwise: 'match/arn-pattern.ts would fold the case, and statements would name more',
  },
  {
    id: 'unknown-operator',
    assumption: 'a statement with an operator that AWS does not have allows nothing; whether it denies, nobody knows',
    rules: ['CL6'],
    otherwise: 'layers/evaluate-policies.ts would answer allowed or denied where it now says unknown',
  },
  {
    id: 'unquoted-negation-of-lists',
    assumption: 'without a set operator a multivalued key fits no positive comparison, and so passes a negated one',
    rules: ['CL4'],
    otherwise: 'condition/test.ts would let a negated comparison fail, and denies on multivalued keys would not fire',
  },
  {
    id: 'dates-of-both-forms',
    assumption: 'dates as ISO 8601 and as epoch seconds compare with each other',
    rules: ['CO6'],
    otherwise: 'condition/compare.ts would fit only dates of one form',
  },
  {
    id: 'not-a-boolean',
    assumption: 'a value that is no Boolean fits no Bool comparison',
    rules: ['CO7'],
    otherwise: 'condition/compare.ts would compare texts',
  },
  {
    id: 'address-spelling',
    assumption: 'IPv6 addresses are compared by value, not by spelling',
    rules: ['CO9'],
    otherwise: 'match/ip.ts would compare texts, and policies would fit fewer addresses',
  },
  {
    id: 'wildcards-in-values',
    assumption: 'wildcards in the value of a policy variable are plain characters',
    rules: ['VA7'],
    otherwise: 'condition/variables.ts would not escape them, and a tag of `*` would fit everything',
  },
  {
    id: 'variables-in-not-resource',
    assumption: 'a variable without a value in NotResource names nothing, so that the statement covers everything',
    rules: ['VA8'],
    otherwise: 'layers/match-statement.ts would let such a deny cover nothing',
  },
  {
    id: 'open-keys-are-not-empty',
    assumption: 'a key whose value is open is not the empty text, which AWS takes for no value',
    rules: ['CO3', 'SE1'],
    otherwise: 'residuals would have to tell an empty key from an absent one',
  },
  {
    id: 'scp-and-services',
    assumption: 'SCPs do not affect calls of AWS services, which are users, roles and root of no account',
    rules: ['RQ7', 'OR3'],
    otherwise: 'layers/gates.ts would ask the SCPs of an account that nobody knows',
  },
  {
    id: 'rcp-without-resource',
    assumption: 'RCPs do not reach actions without a resource',
    rules: ['OR11'],
    otherwise: 'layers/gates.ts would ask them, and some calls would be denied',
  },
  {
    id: 'not-principal-account',
    assumption:
      'an account in NotPrincipal exempts its root user, and its other principals only together with their own name',
    rules: ['PR10'],
    otherwise: 'layers/naming.ts would exempt everyone in the account',
  },
  {
    id: 'unsigned-calls',
    assumption: 'the calls of an identity provider’s user are unsigned, so that aws:PrincipalIsAWSService is absent',
    rules: ['ST3', 'RQ8'],
    otherwise: 'context/derive-knowledge.ts would say that it is false',
  },
  {
    id: 'access-point-identity',
    assumption:
      'identity policies are asked about the access point’s ARN, and what they allow there counts on the bucket’s side in the same account',
    rules: ['S34'],
    otherwise: 'services/s3-access-point.ts would ask them about the bucket’s ARN too, and allow less',
  },
  {
    id: 'owner-of-unnamed-resources',
    assumption:
      'without an account in the ARN or the inventory, a resource belongs to the caller’s account; of S3 alone nobody knows',
    rules: ['MA8'],
    otherwise: 'layers/scene.ts would judge the request across accounts, where the resource must allow as well',
  },
];
