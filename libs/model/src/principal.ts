/**
 * Who makes a request. Groups are never principals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | { readonly kind: 'root'; readonly arn: string; readonly account: string }
  | { readonly kind: 'user'; readonly arn: string; readonly account: string }
  /** A role, meaning any session of it. */
  | { readonly kind: 'role'; readonly arn: string; readonly account: string }
  /** One named session. `arn` is the session's, `roleArn` the role's with its path. */
  | {
      readonly kind: 'session';
      readonly arn: string;
      readonly account: string;
      readonly roleArn: string;
      readonly sessionName: string;
    }
  /** A GetFederationToken session of an IAM user. */
  | { readonly kind: 'federatedUser'; readonly arn: string; readonly account: string }
  /** An identity provider's user before a role is assumed. `provider` is the provider's ARN or host. */
  | { readonly kind: 'webIdentity'; readonly provider: string }
  | { readonly kind: 'saml'; readonly provider: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anonymous' };
