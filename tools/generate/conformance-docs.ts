import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type GoldRow, type RowResult, assumptions, decidingStatements, judgeRow, unmodelled } from '@ag/policy';
import { z } from 'zod';
import { type GeneratedFile, generated, notice } from './generated-file.ts';

const rulesFile = z.array(z.object({ id: z.string(), rule: z.string(), inferred: z.boolean(), page: z.string() }));
const mutationFile = z.object({
  date: z.string(),
  of: z.string(),
  mutants: z.number(),
  found: z.number(),
  survived: z.number(),
});

// Their own tests hold them against the schema.
const rowOfOurs = z.custom<GoldRow>();

type Rule = z.infer<typeof rulesFile>[number];

interface Judged {
  readonly row: GoldRow;
  readonly result: RowResult;
}

/** What the engine is known to do, rule by rule, and what it takes to be so or does not model. */
export async function conformanceDocs(root: string): Promise<GeneratedFile> {
  const cases = path.join(root, 'libs/policy/cases');
  const rules = rulesFile.parse(JSON.parse(await readFile(path.join(cases, 'rules.json'), 'utf8')));
  const mutation = mutationFile.parse(JSON.parse(await readFile(path.join(cases, 'mutation.json'), 'utf8')));
  const judged = await judgeAll(cases);
  const named = await testsByRule(path.join(root, 'libs'));
  const differing = judged.filter(({ result }) => !result.agrees);
  return generated(
    'docs/conformance.md',
    `<!-- ${notice} -->

# Conformance

What the policy engine answers, against what AWS is known to answer. \`accessgraph conformance <file.jsonl>…\` runs rows of the
same schema (\`libs/policy/cases/gold/row.schema.json\`) from any file, and ends with \`N passed, N failed\`.

## What is run

${runs(judged, mutation)}

## Rows that differ

${differing.length === 0 ? 'None.' : differing.map(describeDifference).join('\n\n')}

No row whose answer is settled (\`gate: true\`) is believed to be wrong.

## Rule by rule

Rows are counted as passed, failed and open; an open row's answer is an open question. Tests are those that name the rule.

| Rule | What it says | Passed | Failed | Open | Tests |
| --- | --- | --: | --: | --: | --: |
${rules.map((rule) => ruleRow(rule, judged, named)).join('\n')}

## What is taken to be so

AWS does not document these. Each stands in one place, so that it can be corrected in one place.

| Assumption | Rules | If it were false |
| --- | --- | --- |
${assumptions.map(({ assumption, rules: of, otherwise }) => `| ${cell(assumption)} | ${of.join(', ')} | ${cell(otherwise)} |`).join('\n')}

## What is not modelled

A decision that depends on one of these is \`unknown\` and says why; it is never a denial.

| What | What it could do | Page |
| --- | --- | --- |
${unmodelled.map(({ reason, could, page }) => `| ${cell(reason)} | ${effects[could]} | ${page} |`).join('\n')}
`,
  );
}

const effects = {
  share: 'take the place of the resource’s side, so that the caller’s own account must allow',
  deny: 'deny',
  either: 'allow or deny',
};

async function judgeAll(cases: string): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const folder of ['gold', 'own']) {
    const names = (await readdir(path.join(cases, folder))).filter((name) => name.endsWith('.jsonl')).sort();
    for (const name of names) {
      const text = await readFile(path.join(cases, folder, name), 'utf8');
      for (const line of text.split('\n').filter((one) => one !== '')) {
        const row = rowOfOurs.parse(JSON.parse(line));
        judged.push({ row, result: judgeRow(row) });
      }
    }
  }
  return judged;
}

/** How many lines of specifications name each rule. */
async function testsByRule(folder: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.spec.ts'));
  for (const file of files) {
    for (const line of (await readFile(path.join(folder, file), 'utf8')).split('\n')) {
      for (const id of new Set(line.match(/\b(?:[A-Z]{2}\d{1,2}|S3[1-5])\b/g)))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

function runs(judged: readonly Judged[], mutation: z.infer<typeof mutationFile>): string {
  const of = (status: RowResult['status']) => judged.filter(({ result }) => result.status === status).length;
  const score = ((mutation.found / mutation.mutants) * 100).toFixed(1);
  return [
    `- **Rows of known answers**: ${judged.length}, of which ${of('passed')} passed, ${of('failed')} failed and ${of('open')} are open.`,
    '- **A second evaluator**, written from the rules alone and sharing nothing but the parser, is compared on 2,000,000 generated cases (`npm run test:full`).',
    '- **Planted faults**: the engine is broken on purpose, one rule at a time (`libs/policy/cases/faults.ts`), and each fault must be found by that comparison.',
    '- **Properties** in 100,000 cases each: a deny never adds access, an allow never removes it, order and splitting change nothing, boundaries and SCPs only shrink, more knowledge only narrows.',
    '- **Residuals** in 200,000 cases with open contexts: the condition that is left open is true exactly where the concrete decision is allowed.',
    `- **Mutation** of the decision core (\`npm run mutate\`), last counted on ${mutation.date} for ${mutation.of}: ${mutation.found} of ${mutation.mutants} mutants found, ${score} %.`,
  ].join('\n');
}

function describeDifference({ row, result }: Judged): string {
  const lines = [...result.differences, ...(result.decision ? decidingStatements(row) : [])];
  return [
    `### ${row.id}`,
    `${row.source.name} (${row.rules.join(', ')}; ${row.source.doc}): expected ${result.expected}, got ${result.got}${row.gate ? '' : ' (an open question)'}.`,
    ...(lines.length > 0 ? [lines.map((line) => `- ${line}`).join('\n')] : []),
  ].join('\n\n');
}

function ruleRow(
  { id, rule, inferred, page }: Rule,
  judged: readonly Judged[],
  named: ReadonlyMap<string, number>,
): string {
  const of = (status: RowResult['status']) =>
    judged.filter(({ row, result }) => result.status === status && row.rules.includes(id)).length;
  const counts = [of('passed'), of('failed'), of('open'), named.get(id) ?? 0].join(' | ');
  return `| [${id}](${page})${inferred ? ' (inferred)' : ''} | ${cell(rule)} | ${counts} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
