import type { IConstruct } from 'constructs';
import { AppSlot } from '../../core/app-state';

/** What the role of KEDA's operator must be allowed. */
export interface Permissions {
  /** Names of AWS managed policies. */
  readonly managedPolicies: readonly string[];
  readonly statements: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
}

export const NO_PERMISSIONS: Permissions = { managedPolicies: [], statements: [] };

const asked = new AppSlot<(() => Permissions)[]>('keda-permissions', () => []);

/** Adds permissions of the operator. */
export function allowOperator(construct: IConstruct, permissions: () => Permissions): void {
  asked.of(construct).push(permissions);
}

/** What all triggers of the app need, each once and in the same order whatever the order of the constructs. */
export function operatorPermissions(construct: IConstruct): Permissions {
  const all = asked.of(construct).map((permissions) => permissions());
  const statements = new Map(
    all.flatMap((one) => one.statements).map((statement) => [JSON.stringify(statement), statement]),
  );
  return {
    managedPolicies: [...new Set(all.flatMap((one) => one.managedPolicies))].sort(),
    statements: [...statements].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement),
  };
}
