import type { SecretStatement } from './aws-secret';

/** A policy with one statement for the same actions and conditions, in the same order whatever the order of the constructs. */
export function policyOf(asked: readonly (() => readonly SecretStatement[])[]) {
  const byActions = new Map<string, SecretStatement>();
  for (const one of asked.flatMap((statements) => statements())) {
    const key = JSON.stringify([one.actions, one.conditions]);
    const resources = new Set([...(byActions.get(key)?.resources ?? []), ...one.resources]);
    byActions.set(key, { ...one, resources: [...resources].sort() });
  }
  const statements = [...byActions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, conditions }) => ({
      Effect: 'Allow',
      Action: [...actions],
      Resource: [...resources],
      ...(conditions === undefined ? {} : { Condition: { ...conditions } }),
    })),
  };
}
