import { type BoundResource, type Known, toArnText } from '@ag/policy';
import type { Target } from '../target.ts';
import { anyone, type PrincipalRecord } from '../principals.ts';
import { knownOf } from './known-of.ts';

// Some keys of the resource come with a signed caller only; what they are worth depends on the caller's account.
const someCaller: PrincipalRecord = {
  ...anyone,
  principal: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/any', account: '000000000000' },
  facts: { principal: { kind: 'user', arn: 'arn:aws:iam::000000000000:user/any', account: '000000000000' } },
};

/** A target, prepared for many principals. */
export class CompiledTarget implements BoundResource {
  readonly target: Target;
  readonly arn: string;
  readonly arnText: BoundResource['arnText'];
  readonly wildcardOnly: boolean;
  private known: Known | undefined;
  private readonly states = new Map<readonly string[], string>();

  constructor(target: Target) {
    this.target = target;
    this.arn = target.arn;
    this.arnText = toArnText(target.arn);
    this.wildcardOnly = target.action.wildcardOnly || target.arn === '*';
  }

  statesOf(keys: readonly string[]): string {
    const held = this.states.get(keys);
    if (held !== undefined) return held;
    this.known ??= knownOf(someCaller, this.target.action.service, this.target);
    const { known } = this;
    const text = JSON.stringify(keys.map((key) => known.of(key)));
    this.states.set(keys, text);
    return text;
  }
}
