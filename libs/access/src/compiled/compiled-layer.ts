import { type OutcomeTable, type ResidualId, neverId } from '@ag/policy';
import type { CompiledTarget } from './compiled-target.ts';
import type { PrincipalStatement } from './service-index.ts';

/** What a layer makes of a request, by number. */
export interface LayerIds {
  readonly allow: ResidualId;
  readonly deny: ResidualId;
  readonly doubt: ResidualId;
}

/** The statements of one layer about one action. What is the same on all resources is put together once. */
export class CompiledLayer {
  private readonly everywhere: LayerIds;
  private readonly specific: readonly PrincipalStatement[];
  private readonly statements: readonly PrincipalStatement[];
  private readonly table: OutcomeTable['residuals'];
  private withoutResource: LayerIds | undefined;

  constructor(statements: readonly PrincipalStatement[], table: OutcomeTable['residuals']) {
    this.statements = statements;
    this.table = table;
    this.specific = statements.filter(({ everywhere }) => everywhere === undefined);
    let ids = silent;
    for (const { everywhere, isAllow } of statements) if (everywhere) ids = this.add(ids, isAllow, everywhere);
    this.everywhere = ids;
  }

  /** Whether it is the same on all resources. */
  get isConstant(): boolean {
    return this.specific.length === 0;
  }

  judge(target: CompiledTarget): LayerIds {
    if (target.wildcardOnly) return (this.withoutResource ??= this.sum(silent, this.statements, target));
    return this.specific.length === 0 ? this.everywhere : this.sum(this.everywhere, this.specific, target);
  }

  private sum(ids: LayerIds, statements: readonly PrincipalStatement[], target: CompiledTarget): LayerIds {
    let found = ids;
    for (const statement of statements) {
      const guarded = statement.guardFor(target);
      if (guarded.guard !== neverId || guarded.doubt !== neverId) found = this.add(found, statement.isAllow, guarded);
    }
    return found;
  }

  private add(
    { allow, deny, doubt }: LayerIds,
    isAllow: boolean,
    guarded: { readonly guard: ResidualId; readonly doubt: ResidualId },
  ): LayerIds {
    return {
      allow: isAllow ? this.table.or(allow, guarded.guard) : allow,
      deny: isAllow ? deny : this.table.or(deny, guarded.guard),
      doubt: this.table.or(doubt, guarded.doubt),
    };
  }
}

const silent: LayerIds = { allow: neverId, deny: neverId, doubt: neverId };
