import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('the engine runs where there is no Node, as in a page', async () => {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'index.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'engine',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const page = createContext({ atob });
  runInContext(outputFiles[0]?.text ?? '', page);

  const outcome: unknown = runInContext(
    `const everything = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { BinaryEquals: { 'aws:a': 'QQ==' } } };
     const parsed = engine.parsePolicyValue({ Version: '2012-10-17', Statement: everything }, 'identity');
     engine.decide({
       request: {
         principal: { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333' },
         action: 's3:GetObject',
         resource: { arn: 'arn:aws:s3:::b/k', account: '111122223333' },
       },
       policies: { identity: [{ id: 'p', kind: 'identity', document: parsed.document }] },
       knowledge: { context: { 'aws:a': 'QQ==' }, rest: 'absent' },
     }).outcome`,
    page,
  );
  expect(outcome).toBe('allowed');
});
