import type { Decision, Residual, Test } from '@ag/model';
import { accountOf, findArn } from '@ag/model';
import type { Inventory } from '../inventory.ts';
import type { Border } from './border.ts';

/**
 * Whether a service may use its grant for somebody outside. A service calls for whoever uses it, so that anyone could have it
 * act on the resource, unless a condition names the accounts or resources on whose behalf it may.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function mayActForOutsiders(inventory: Inventory, border: Border, decision: Decision): boolean {
  return decision.outcome !== 'conditional' || canHold(decision.when, true);

  /** Whether it can come out as wanted when the call is for somebody outside; what is about other keys can come out either way. */
  function canHold(residual: Residual, wanted: boolean): boolean {
    switch (residual.is) {
      case 'true':
        return wanted;
      case 'false':
        return !wanted;
      case 'present':
      case 'absent':
        return true;
      case 'test':
        return !isAboutSource(residual.test) || canFit(residual.test) === wanted;
      case 'not':
        return canHold(residual.of, !wanted);
      case 'all':
        return wanted ? residual.of.every((one) => canHold(one, true)) : residual.of.some((one) => canHold(one, false));
      case 'any':
        return wanted ? residual.of.some((one) => canHold(one, true)) : residual.of.every((one) => canHold(one, false));
    }
  }

  function canFit({ key, values }: Test): boolean {
    switch (key.toLowerCase()) {
      case 'aws:sourceaccount':
      case 'aws:sourceowner':
        return values.some((account) => !border.isInsideAccount(account));
      case 'aws:sourceorgid':
      case 'aws:sourceorgpaths':
        return values.some((organization) => !border.isInsideOrganization(organization));
      default:
        return values.some((arn) => !isInsideArn(arn));
    }
  }

  function isInsideArn(arn: string): boolean {
    const account = accountOf(arn);
    if (account !== undefined) return border.isInsideAccount(account);
    // A bucket's ARN names no account; where it was collected it is ours.
    return findArn(arn)?.service === 's3' && inventory.findNode(arn) !== undefined;
  }
}

const sourceKeys = ['aws:sourceaccount', 'aws:sourceowner', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths'];

function isAboutSource({ key, given }: Test): boolean {
  return given === undefined && sourceKeys.includes(key.toLowerCase());
}
