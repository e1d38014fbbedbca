import type { Residual, Test } from '@ag/model';

export const always: Residual = { is: 'true' };
export const never: Residual = { is: 'false' };

export function constant(value: boolean): Residual {
  return value ? always : never;
}

export function present(key: string): Residual {
  return { is: 'present', key };
}

export function absent(key: string): Residual {
  return { is: 'absent', key };
}

export function test(of: Test): Residual {
  return { is: 'test', test: of };
}

export function not(of: Residual): Residual {
  switch (of.is) {
    case 'true':
      return never;
    case 'false':
      return always;
    case 'present':
      return absent(of.key);
    case 'absent':
      return present(of.key);
    case 'not':
      return of.of;
    case 'test':
    case 'all':
    case 'any':
      return { is: 'not', of };
  }
}

export function all(parts: readonly Residual[]): Residual {
  return join('all', 'false', 'true', parts);
}

export function any(parts: readonly Residual[]): Residual {
  return join('any', 'true', 'false', parts);
}

// Flattens, drops what changes nothing and what is there twice, and stops at what decides.
function join(
  kind: 'all' | 'any',
  decides: 'true' | 'false',
  neutral: 'true' | 'false',
  parts: readonly Residual[],
): Residual {
  let first: Residual | undefined;
  let more: Residual[] | undefined;
  for (const part of parts) {
    if (part.is === decides) return part;
    if (part.is === neutral) continue;
    if (first === undefined) first = part;
    else (more ??= [first]).push(part);
  }
  // Most residuals are decided, so that nothing is left to put together.
  if (!first) return neutral === 'true' ? always : never;
  return more ? joinOpen(kind, more) : first;
}

function joinOpen(kind: 'all' | 'any', parts: readonly Residual[]): Residual {
  const seen = new Map<string, Residual>();
  for (const part of parts) for (const one of part.is === kind ? part.of : [part]) seen.set(keyOf(one), one);
  const of = [...seen.values()];
  const [first] = of;
  return first && of.length === 1 ? first : { is: kind, of };
}

/** The same text for equal residuals. */
export function keyOf(residual: Residual): string {
  return JSON.stringify(residual);
}

/** Every key that a residual names, variables in values included, as first spelt. */
export function keysOf(residual: Residual): readonly string[] {
  const keys = new Map<string, string>();
  collect(residual, (key) => {
    if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
  });
  return [...keys.values()];
}

function collect(residual: Residual, add: (key: string) => void): void {
  switch (residual.is) {
    case 'true':
    case 'false':
      return;
    case 'present':
    case 'absent':
      return add(residual.key);
    case 'test':
      add(residual.test.key);
      for (const value of residual.test.values) for (const key of variablesIn(value)) add(key);
      return;
    case 'not':
      return collect(residual.of, add);
    case 'all':
    case 'any':
      for (const part of residual.of) collect(part, add);
  }
}

/** The keys of the variables in a value. */
export function variablesIn(value: string): readonly string[] {
  return [...value.matchAll(/\$\{([^}*?$][^},]*)[^}]*\}/g)].map((match) => (match[1] ?? '').trim());
}
