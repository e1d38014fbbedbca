/** The six parts of an ARN. `resource` is everything after the fifth colon. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Reads an ARN, or answers `undefined` for text that is not one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function findArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts = text.split(':');
  const [, partition, service, region, account] = parts;
  if (partition === undefined || service === undefined || region === undefined) return undefined;
  if (account === undefined || parts.length < 6) return undefined;
  return { partition, service, region, account, resource: parts.slice(5).join(':') };
}

/** Reads an ARN, or throws where the text is not one. */
export function parseArn(text: string): Arn {
  const arn = findArn(text);
  if (!arn) throw new Error(`\`${text}\` is not an ARN`);
  return arn;
}

/** The 12-digit account in an ARN; S3 and some others have none. */
export function accountOf(text: string): string | undefined {
  const account = findArn(text)?.account;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** The ARN of an account's root user, which also stands for the account as a principal. */
export function rootArn(account: string, partition = 'aws'): string {
  return `arn:${partition}:iam::${account}:root`;
}
