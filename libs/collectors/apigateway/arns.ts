/** ARNs that are there, each once. */
export function distinct(arns: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(arns.flatMap((arn) => arn ?? []))].sort();
}

/** The roles among what an API acts as. `arn:aws:iam::*:user/*` lets an integration act as whoever called. */
export function toRoles(credentials: readonly (string | undefined)[]): readonly string[] {
  return distinct(credentials).filter((arn) => /^arn:[^:]+:iam::\d{12}:role\//.test(arn));
}
