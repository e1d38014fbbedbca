import type { PolicyKind } from '@ag/model';
import type { Condition, Finding, PrincipalElement, Statement } from '../types.ts';
import { findOperator } from './operators.ts';
import { toPointer } from './duplicate-keys.ts';
import { findTexts, isRecord, show } from './values.ts';

interface Place {
  readonly index: number;
  readonly kind: PolicyKind;
  readonly findings: Finding[];
}

const known = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/** Reads one statement; what is wrong is added to the findings. */
export function parseStatement(value: unknown, place: Place): Statement | undefined {
  const at = `/Statement/${place.index}`;
  const report = (field: string, message: string, severity: Finding['severity'] = 'error') => {
    place.findings.push({ at: field === '' ? at : `${at}/${field}`, message, severity });
  };
  if (!isRecord(value)) {
    report('', 'not a JSON object');
    return undefined;
  }
  for (const name of Object.keys(value))
    if (!known.has(name)) report(toPointer(name), `unknown element \`${name}\``, 'warning');

  const effect = value['Effect'];
  // MA7: the values are case-sensitive.
  if (effect !== 'Allow' && effect !== 'Deny') {
    report('Effect', effect === undefined ? 'missing' : `${show(effect)} is neither \`Allow\` nor \`Deny\``);
    return undefined;
  }
  const texts = (name: string): readonly string[] | undefined => {
    if (value[name] === undefined) return undefined;
    const found = findTexts(value[name]);
    if (!found) report(name, 'neither text nor a list of texts');
    return found;
  };
  const principal = (name: string): PrincipalElement | undefined => {
    if (value[name] === undefined) return undefined;
    const found = findPrincipals(value[name]);
    if (!found) report(name, 'not a principal element');
    return found;
  };

  const actions = texts('Action');
  const notActions = texts('NotAction');
  if (value['Action'] !== undefined && value['NotAction'] !== undefined) report('NotAction', 'stands beside Action');
  if (value['Action'] === undefined && value['NotAction'] === undefined) report('Action', 'missing');
  const resources = texts('Resource');
  const notResources = texts('NotResource');
  if (value['Resource'] !== undefined && value['NotResource'] !== undefined)
    report('NotResource', 'stands beside Resource');
  const needsResource = ['identity', 'boundary', 'session', 'scp', 'rcp'].includes(place.kind);
  if (needsResource && value['Resource'] === undefined && value['NotResource'] === undefined)
    report('Resource', 'missing');
  const principals = principal('Principal');
  const notPrincipals = principal('NotPrincipal');
  if (principals && notPrincipals) report('NotPrincipal', 'stands beside Principal');
  const conditions = findConditions(value['Condition'], report);
  const sid = value['Sid'];
  if (sid !== undefined && typeof sid !== 'string') report('Sid', `${show(sid)} is not text`, 'warning');

  return {
    index: place.index,
    effect,
    conditions,
    ...(typeof sid === 'string' && { sid }),
    ...(actions && { actions }),
    ...(notActions && { notActions }),
    ...(resources && { resources }),
    ...(notResources && { notResources }),
    ...(principals && { principals }),
    ...(notPrincipals && { notPrincipals }),
  };
}

/** PR1: `"*"` and `{"AWS": "*"}` are the same; names are lists by type. */
function findPrincipals(value: unknown): PrincipalElement | undefined {
  if (value === '*') return { anyone: true, aws: [], service: [], federated: [], canonicalUser: [] };
  if (!isRecord(value)) return undefined;
  const names = new Map<string, readonly string[]>();
  for (const [type, entry] of Object.entries(value)) {
    const texts = findTexts(entry);
    if (!texts || !['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(type)) return undefined;
    names.set(type, texts);
  }
  const aws = names.get('AWS') ?? [];
  return {
    anyone: aws.includes('*'),
    aws: aws.filter((name) => name !== '*'),
    service: names.get('Service') ?? [],
    federated: names.get('Federated') ?? [],
    canonicalUser: names.get('CanonicalUser') ?? [],
  };
}

type Report = (field: string, message: string, severity?: Finding['severity']) => void;

function findConditions(value: unknown, report: Report): readonly Condition[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    report('Condition', 'not a JSON object');
    return [];
  }
  const conditions: Condition[] = [];
  for (const [spelling, keys] of Object.entries(value)) {
    const field = `Condition/${toPointer(spelling)}`;
    const operator = findOperator(spelling);
    if (!operator) report(field, `unknown operator \`${spelling}\``, 'warning');
    if (!isRecord(keys)) {
      report(field, 'not a JSON object');
      continue;
    }
    for (const [key, entry] of Object.entries(keys)) {
      const values = findTexts(entry);
      if (!values) report(`${field}/${toPointer(key)}`, 'neither text nor a list of texts');
      // CL6: an operator that AWS does not have stays in the tree and never matches.
      const name = operator ?? { operator: 'Unknown', negated: false, ifExists: false };
      conditions.push({ ...name, key, values: values ?? [], spelling });
    }
  }
  return conditions;
}
