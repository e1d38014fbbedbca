import { type Gap, type ScopeRecord, canonicalScope } from '@ag/model';
import { readContent, writeContent } from './content-file.ts';
import type { KeptScope } from './manifest.ts';
import { type Loss, findMassLoss, withoutLost } from './mass-loss.ts';
import type { ObjectRef, Objects } from './objects.ts';
import { type Content, addPartial, confirmAbsence, keepOthers } from './scope-content.ts';

type Reading = Pick<ScopeRecord, 'readInRun' | 'readInNumber' | 'readAt'>;

/** What one attempt left on disk. */
export interface Attempt {
  readonly record: ScopeRecord;
  readonly content?: ObjectRef;
}

/**
 * Decides what a scope holds after an attempt. A complete one replaces what was known, absences being confirmed, unless it
 * lost so much that it is held. Any other leaves the last complete content as it was, marked with the run it was read in,
 * and tells how it failed.
 */
export async function settle(
  objects: Objects,
  attempt: Attempt,
  before: KeptScope | undefined,
  at: string,
): Promise<KeptScope> {
  const { record, content } = attempt;
  const whole = record.state === 'complete';
  const asRead: KeptScope = { record, whole, ...(content && { content }) };
  if (!before) return asRead;
  if (whole) return settleComplete(objects, asRead, before, at);

  // A reading that is held goes on waiting for a complete one.
  const held = before.held && { held: before.held };
  const gaps = [...record.gaps, ...before.record.gaps.filter(isOfHeld)];
  if (before.whole || !content) {
    return { ...before, record: canonicalScope({ ...record, gaps, ...readingOf(before.record) }) };
  }
  const joined = addPartial(await readContent(objects, before.content), await readContent(objects, content));
  const kept = await writeContent(objects, joined);
  return { record: canonicalScope({ ...record, gaps }), whole, ...(kept && { content: kept }), ...held };
}

/** What a scope holds when a person accepts the reading that was held: as if it had never been doubted. */
export async function acceptHeld(objects: Objects, { record, content, held }: KeptScope): Promise<KeptScope> {
  if (!held) throw new Error('nothing is held');
  const [known, read] = [await readContent(objects, content), await readContent(objects, held.content)];
  const kept = await writeContent(objects, confirmAbsence(known, read, held.readAt));
  const gaps = record.gaps.filter((gap) => !isOfHeld(gap));
  const state = record.state === 'held' ? 'complete' : record.state;
  const accepted = canonicalScope({ ...record, state, gaps, ...readingOf(held) });
  return { record: accepted, whole: true, ...(kept && { content: kept }) };
}

async function settleComplete(objects: Objects, asRead: KeptScope, before: KeptScope, at: string): Promise<KeptScope> {
  if (!before.content || before.content.sha256 === asRead.content?.sha256) return asRead;
  const [known, now] = [await readContent(objects, before.content), await readContent(objects, asRead.content)];
  const isOfAws = asRead.record.scope.place.account === 'aws';
  if (isOfAws) return keep(keepOthers(known, now));

  const loss = findMassLoss(known, now);
  if (!loss) return keep(confirmAbsence(known, now, at));
  const { held } = before;
  if (!held) return hold(asRead, before, loss);
  // What two complete readings lack is confirmed; what only the newer one lacks is a loss of its own.
  const doubted = await readContent(objects, held.content);
  const more = findMassLoss(withoutLost(known, [doubted, now]), now);
  if (more) return hold(asRead, before, loss);
  return keep(confirmAbsence(confirmAbsence(known, doubted, held.readAt), now, at));

  async function keep(content: Content): Promise<KeptScope> {
    const kept = await writeContent(objects, content);
    return { record: asRead.record, whole: true, ...(kept && { content: kept }) };
  }
}

function hold({ record, content }: KeptScope, before: KeptScope, { kind, lost, of }: Loss): KeptScope {
  const { place, resource } = record.scope;
  const message =
    `the newest listing lacks ${lost} of ${of} ${kind} that were known: what was known stays until ` +
    'a second listing or `accessgraph accept` confirms it';
  const gap: Gap = { place, resource, action: 'none', reason: 'held', message };
  return {
    ...before,
    record: canonicalScope({ ...record, state: 'held', ...readingOf(before.record), gaps: [...record.gaps, gap] }),
    held: { ...readingOf(record), ...(content && { content }) },
  };
}

/** Which run read a content, and when. */
function readingOf({ readInRun, readInNumber, readAt }: Reading): Reading {
  // Without a number, too: that of the attempt must not stand beside another run's id.
  return { readInRun, readInNumber, readAt };
}

function isOfHeld({ reason }: Gap): boolean {
  return reason === 'held';
}
