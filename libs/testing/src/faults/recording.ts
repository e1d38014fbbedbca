import type { Call } from '../proxy/call.ts';
import { requestOf } from '../proxy/faults.ts';
import type { Reply } from '../proxy/reply.ts';

/** Answers by request, as the emulator gave them. */
export interface Recording {
  readonly answers: ReadonlyMap<string, Reply>;
  find(call: Call): Reply | undefined;
}

export interface Recorder {
  add(call: Call, answer: Reply): void;
  finish(): Recording;
}

/** Keeps the first answer to each request. */
export function createRecorder(): Recorder {
  const answers = new Map<string, Reply>();
  return {
    add: (call, answer) => {
      const request = requestOf(call);
      if (!answers.has(request)) answers.set(request, answer);
    },
    finish: () => toRecording(answers),
  };
}

export function toRecording(answers: ReadonlyMap<string, Reply>): Recording {
  return { answers, find: (call) => answers.get(requestOf(call)) };
}
