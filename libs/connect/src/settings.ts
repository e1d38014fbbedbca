/** How we get into an account or an organization. */
export interface ConnectionSettings {
  /** The connection's name in scopes; `default` where there is one only. */
  readonly name?: string;
  /** A profile of the shared AWS configuration; without it the SDK's default chain. */
  readonly profile?: string;
  /** The regions to read; every enabled one where not named. */
  readonly regions?: readonly string[];
  /** A role to assume before anything else, from which the member accounts' roles are assumed. */
  readonly roleArn?: string;
  /** The name, with its path, of the role to assume in each account other than the caller's. */
  readonly roleName?: string;
  /** A secret between us and the account: never logged, never in a message. */
  readonly externalId?: string;
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly excludeAccounts?: readonly string[];
  /** Where AWS answers, for an emulator or a proxy. */
  readonly endpointUrl?: string;
}
