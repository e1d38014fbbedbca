import type { Level, Policy, PolicySet, Question, Statement } from '../types.ts';

/** A question whose policies were changed, one by one. */
export function changePolicies(question: Question, change: (policy: Policy) => Policy): Question {
  const { identity, boundary, session, scp, rcp, resource, endpoint, accessPoint } = question.policies;
  const levels = (all: readonly Level[]) =>
    all.map(({ target, policies }) => ({ target, policies: policies.map(change) }));
  const policies: PolicySet = {
    ...question.policies,
    identity: identity.map(change),
    ...(boundary && { boundary: boundary.map(change) }),
    ...(session && { session: session.map(change) }),
    ...(scp && { scp: levels(scp) }),
    ...(rcp && { rcp: levels(rcp) }),
    ...(resource && { resource: change(resource) }),
    ...(endpoint && { endpoint: endpoint.map(change) }),
    ...(accessPoint && { accessPoint: change(accessPoint) }),
  };
  return { ...question, policies };
}

/** A question whose statements were changed, each into any number. */
export function changeStatements(question: Question, change: (statement: Statement) => readonly Statement[]): Question {
  return changePolicies(question, (policy) => withStatements(policy, policy.document.statements.flatMap(change)));
}

/** A policy with other statements. */
export function withStatements(policy: Policy, statements: readonly Statement[]): Policy {
  return { ...policy, document: { ...policy.document, statements } };
}
