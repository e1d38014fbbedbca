import { statementText } from '@ag/model';
import { explain } from '../explain.ts';
import type { StatementExplanation } from '../types.ts';
import { type GoldRow, goldRowToQuestion } from './row.ts';

/**
 * The statements on which a row's answer rests, one line each: those that apply or may, those that fail for another reason
 * than their action, and what a layer did of itself. Throws where a policy of the row cannot be parsed.
 */
export function decidingStatements(row: GoldRow): readonly string[] {
  return explain(goldRowToQuestion(row)).layers.flatMap(({ layer, target, statements, because }) => {
    const place = target === undefined ? layer : `${layer} (${target})`;
    const told = statements.filter(({ match, failed }) => match !== 'no' || failed !== 'action').map(describe);
    return [...told, ...(because === undefined ? [] : [because])].map((line) => `${place}: ${line}`);
  });
}

function describe({ statement, effect, match, because }: StatementExplanation): string {
  const words = { yes: 'applies', maybe: 'may apply', no: 'does not apply' };
  return `${statementText(statement, (id) => id)} ${effect} ${words[match]}: ${because}`;
}
