import type { ExplainAnswer } from '@ag/access';
import type { Command } from 'commander';
import { type ContextFlag, type OutputFlags, contextOption, outputOption, requireAction } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { footLines, outcomeDetail, outcomeWord, pathLine, shortName } from '../words.ts';

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
      const answer = await tool.withGraph(tool.load().settings, async (graph) => {
        const index = await tool.index(graph);
        return index.explain({ principal, action, resource, context });
      });
      const proofs: readonly { readonly way: string; readonly proof: Proof }[] = [
        { way: '', proof: answer.explanation },
        ...answer.ways.map(({ path, as, explanation }) => ({
          way: path.length > 0 ? pathLine(path) : shortName(as.id),
          proof: explanation,
        })),
      ];
      const isPerson = answer.principal.label === 'IdentityCenterUser';
      print(tool.io, output, {
        value: answer,
        head: [
          `Can ${answer.principal.name} ${action} on ${resource}?`,
          `${outcomeWord(answer.decision)} ${outcomeDetail(answer.decision)}`.trim(),
          ...answer.ways.map(({ path, as, explanation: { decision } }) =>
            `  through ${path.length > 0 ? pathLine(path) : shortName(as.id)}: ${outcomeWord(decision)} ${outcomeDetail(decision)}`.trimEnd(),
          ),
        ],
        columns: ['way', 'layer', 'verdict', 'statement', 'effect', 'match', 'because'],
        rows: (isPerson ? proofs.slice(1) : proofs).flatMap(({ way, proof }) => rowsOf(way, proof, all === true)),
        empty: 'No policy says anything about it.',
        foot: [...answer.explanation.warnings, ...footLines(answer.asOf, answer.gaps)],
      });
    });
}

function rowsOf(way: string, { layers }: Proof, all: boolean) {
  return layers.flatMap(({ layer, target, verdict, statements }) => {
    const name = target === undefined ? layer : `${layer} (${shortName(target)})`;
    const shown = statements.filter(({ match, failed }) => all || match !== 'no' || failed !== 'action');
    const base = { way, layer: name, verdict: words[verdict] };
    if (shown.length === 0)
      return [{ ...base, statement: '', effect: '', match: '', because: 'no statement is about it' }];
    return shown.map(({ statement, effect, match, because }) => ({
      ...base,
      statement: `${shortName(statement.policy)} #${statement.index}${statement.sid === undefined ? '' : ` ${statement.sid}`}`,
      effect,
      match,
      because,
    }));
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
