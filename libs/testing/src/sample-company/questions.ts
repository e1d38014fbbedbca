import type { Seeded } from '../seed/seed.ts';
import { required } from '../seed/required.ts';

/** A question in words, and the command that answers it. */
export interface SampleQuestion {
  readonly words: string;
  readonly command: readonly string[];
}

/** The three questions that the demo asks of the sample company. */
export function sampleQuestions({ accounts }: Seeded): readonly SampleQuestion[] {
  const shared = required(accounts['shared'], 'shared');
  return [
    {
      words: 'Who can read the production secrets, people included?',
      command: ['who-can', 's3:GetObject', 'arn:aws:s3:::northwind-prod-secrets/database.json'],
    },
    {
      words: 'What can the release pipeline do?',
      command: ['what-can', `arn:aws:iam::${shared}:role/github-release`],
    },
    {
      words: 'Why can the payroll manager not delete the payroll bucket?',
      command: ['explain', 'elena.rossi', 's3:DeleteBucket', 'arn:aws:s3:::northwind-payroll'],
    },
  ];
}
