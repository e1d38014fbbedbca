/** What a base operator compares; one entry per operator of the AWS page (CO4–CO10). */
export type Family =
  'string' | 'stringIgnoreCase' | 'glob' | 'arn' | 'numeric' | 'date' | 'bool' | 'ip' | 'binary' | 'null';

export interface OperatorName {
  readonly operator: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** Base operators with the family they belong to. `ArnEquals` is `ArnLike` (CO8). There is no BinaryNotEquals (CO10). */
export const operatorFamilies: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['StringEquals', 'string'],
  ['StringEqualsIgnoreCase', 'stringIgnoreCase'],
  ['StringLike', 'glob'],
  ['ArnEquals', 'arn'],
  ['ArnLike', 'arn'],
  ['NumericEquals', 'numeric'],
  ['NumericLessThan', 'numeric'],
  ['NumericLessThanEquals', 'numeric'],
  ['NumericGreaterThan', 'numeric'],
  ['NumericGreaterThanEquals', 'numeric'],
  ['DateEquals', 'date'],
  ['DateLessThan', 'date'],
  ['DateLessThanEquals', 'date'],
  ['DateGreaterThan', 'date'],
  ['DateGreaterThanEquals', 'date'],
  ['Bool', 'bool'],
  ['IpAddress', 'ip'],
  ['BinaryEquals', 'binary'],
  ['Null', 'null'],
]);

const negations: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
  ['NotIpAddress', 'IpAddress'],
]);

const spellings: ReadonlyMap<string, string> = new Map(
  [...operatorFamilies.keys(), ...negations.keys()].map((name) => [name.toLowerCase(), name]),
);

/**
 * Takes an operator's name apart, or answers `undefined` for one that AWS does not have (CL6). Operator names are
 * compared without case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function findOperator(spelling: string): OperatorName | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(spelling);
  const name = spellings.get(match?.[2]?.toLowerCase() ?? '');
  if (!match || name === undefined) return undefined;
  const operator = negations.get(name) ?? name;
  const ifExists = match[3] !== undefined;
  // CO2: IfExists is not valid on Null.
  if (operator === 'Null' && (ifExists || match[1] !== undefined)) return undefined;
  const prefix = match[1]?.toLowerCase();
  return {
    operator,
    negated: negations.has(name),
    ifExists,
    ...(prefix === 'forallvalues' && { set: 'ForAllValues' as const }),
    ...(prefix === 'foranyvalue' && { set: 'ForAnyValue' as const }),
  };
}
