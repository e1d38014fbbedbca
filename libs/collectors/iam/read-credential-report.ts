import { setTimeout } from 'node:timers/promises';
import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Gap } from '@ag/model';
import type { Attempt, ReaderContext } from '@ag/resource';
import { type CredentialReport, parseCredentialReport } from './credential-report.ts';

// Three tries at most, so that an account of one page of IAM takes no more than eight calls.
const waitSeconds = [0, 3, 10];

/** A report that is being made: ask for it early, and fetch it when everything else is read. */
export interface PendingReport {
  /** That we may not ask for it: then there may be one that somebody else had made, up to four hours ago. */
  readonly denial: Gap | undefined;
  fetch(): Promise<Attempt<CredentialReport>>;
}

/** Asks AWS to make the credential report. It does so in the background, and answers at once where a fresh one exists. */
export async function requestCredentialReport(context: ReaderContext): Promise<PendingReport> {
  const client = context.client(IAMClient);
  const requested = await context.attempt({ action: 'iam:GenerateCredentialReport', resource: 'IamUser' }, () =>
    client.send(new GenerateCredentialReportCommand({})),
  );
  const gap = requested.ok === false ? requested.gap : undefined;
  return {
    denial: gap && /^denied/.test(gap.reason) ? gap : undefined,
    // Whatever came of it, an older report may still be there to get.
    fetch: () => fetchReport(context, requested.ok === false),
  };
}

async function fetchReport(context: ReaderContext, once: boolean): Promise<Attempt<CredentialReport>> {
  const client = context.client(IAMClient);
  return context.attempt({ action: 'iam:GetCredentialReport', resource: 'IamUser' }, async () => {
    let failure: unknown;
    for (const seconds of once ? [0] : waitSeconds) {
      if (seconds > 0) await setTimeout(seconds * 1000);
      try {
        const answer = await client.send(new GetCredentialReportCommand({}));
        return parseCredentialReport(new TextDecoder().decode(answer.Content), answer.GeneratedTime);
      } catch (error) {
        if (!isNotReady(error)) throw error;
        failure = error;
      }
    }
    throw new Error('AWS did not finish the credential report in time', { cause: failure });
  });
}

/** AWS names it by a code of its own, the SDK by its class. */
function isNotReady(error: unknown): boolean {
  return error instanceof Error && /ReportNotReady|ReportInProgress|ReportNotPresent|ReportExpired/.test(error.name);
}
