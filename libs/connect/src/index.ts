export type { CredentialProvider, Credentials } from './credentials.ts';
export { AccountAccessError } from './account-access-error.ts';
export { openConnection, type Connection } from './connection.ts';
export type { ConnectionOptions } from './situation.ts';
export type { ConnectionSettings } from './settings.ts';
export { safeMessage, toSafeCause } from './safe-message.ts';
export { quietSdk } from './environment.ts';
