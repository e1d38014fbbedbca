import type { ExplainAnswer } from '@ag/access';
import { type Decision, type NameOf, namedByDecision, statementText } from '@ag/model';
import type { Command } from 'commander';
import { askIndex, namesFor } from '../ask.ts';
import { type ContextFlag, type OutputFlags, contextOption, outputOption, requireAction } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { footLines, namedByPath, outcomeDetail, outcomeWord, pathLine } from '../words.ts';

interface Flags extends OutputFlags {
  readonly context?: ContextFlag;
  readonly all?: true;
}

type Proof = ExplainAnswer['explanation'];

/** `accessgraph explain <principal> <action> <resource>` */
export function addExplain(program: Command, tool: Tool): void {
  program
    .command('explain')
    .description('why a principal or person can or cannot, layer by layer and statement by statement')
    .argument('<principal>', 'an ARN, or a name where it is unique')
    .argument('<action>', 'an action, such as s3:GetObject')
    .argument('<resource>', "the resource's ARN")
    .option('--all', 'also statements that are about other actions')
    .addOption(contextOption())
    .addOption(outputOption())
    .action(async (principal: string, action: string, resource: string, { context, output, all }: Flags) => {
      requireAction(action);
      const { nameOf, answer } = await askIndex(tool, async (index) => {
        const found = await index.explain({ principal, action, resource, context });
        return { nameOf: await namesFor(index, namedByAnswer(found)), answer: found };
      });
      const decided = (decision: Decision) => `${outcomeWord(decision)} ${outcomeDetail(decision, nameOf)}`.trimEnd();
      const ways = answer.ways.map(({ path, as, explanation }) => ({
        way: path.length > 0 ? pathLine(path, nameOf) : as.name,
        proof: explanation,
      }));
      // A person makes no request of their own: their roles do.
      const shown = isPerson(answer) ? ways : [{ way: '', proof: answer.explanation }, ...ways];
      print(tool.io, output, {
        value: answer,
        head: [
          `Can ${answer.principal.name} ${action} on ${resource}?`,
          decided(answer.decision),
          ...ways.map(({ way, proof }) => `  through ${way}: ${decided(proof.decision)}`),
        ],
        columns: [...(shown.length > 1 ? ['way'] : []), 'layer', 'verdict', 'statement', 'effect', 'match', 'because'],
        rows: shown.flatMap(({ way, proof }) => rowsOf({ way, proof, nameOf, all: all === true })),
        empty: 'No policy says anything about it.',
        foot: [
          ...suggestionLines(answer.explanation, nameOf),
          ...answer.explanation.warnings,
          ...footLines(answer.asOf, answer.gaps),
        ],
      });
    });
}

function isPerson({ principal }: ExplainAnswer): boolean {
  return principal.label === 'IdentityCenterUser';
}

function namedByAnswer({ decision, explanation, ways }: ExplainAnswer): readonly string[] {
  return [
    ...namedByDecision(decision),
    ...namedByProof(explanation),
    ...ways.flatMap(({ path, explanation: proof }) => [...namedByPath(path), ...namedByProof(proof)]),
  ];
}

function namedByProof({ decision, layers, suggestions = [] }: Proof): readonly string[] {
  return [
    ...namedByDecision(decision),
    ...[...layers, ...suggestions].flatMap(({ target }) => target ?? []),
    ...layers.flatMap(({ statements }) => statements.map(({ statement }) => statement.policy)),
  ];
}

/** What would let the request pass: all of it together. */
function suggestionLines({ suggestions = [] }: Proof, nameOf: NameOf): string[] {
  if (suggestions.length === 0) return [];
  return [
    'It would be allowed with all of this added:',
    ...suggestions.map(({ layer, target, statement }) => {
      const place = target === undefined ? layer : `${layer} (${nameOf(target)})`;
      return `  ${place}: ${JSON.stringify(statement)}`;
    }),
  ];
}

interface Shown {
  readonly way: string;
  readonly proof: Proof;
  readonly nameOf: NameOf;
  /** Also statements about other actions. */
  readonly all: boolean;
}

function rowsOf({ way, proof, nameOf, all }: Shown) {
  return proof.layers.flatMap(({ layer, target, verdict, statements, because: reason }) => {
    const name = target === undefined ? layer : `${layer} (${nameOf(target)})`;
    const shown = statements.filter(({ match, failed }) => all || match !== 'no' || failed !== 'action');
    const base = { way, layer: name, verdict: words[verdict] };
    const none = { ...base, statement: '', effect: '', match: '' };
    if (shown.length === 0) return [{ ...none, because: reason ?? 'no statement is about it' }];
    return [
      ...shown.map(({ statement, effect, match, because }) => ({
        ...base,
        statement: statementText(statement, nameOf),
        effect,
        match,
        because,
      })),
      ...(reason === undefined ? [] : [{ ...none, because: reason }]),
    ];
  });
}

const words = {
  allows: 'allows',
  denies: 'denies',
  mayAllow: 'may allow',
  mayDeny: 'may deny',
  doesNotAllow: 'does not allow',
  unknown: 'unknown',
  notApplicable: 'does not apply',
};
