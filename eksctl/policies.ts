import type { ClusterConfig } from './types';

/** An IAM policy that a ClusterConfig holds. */
export interface ConfigPolicy {
  /** Its path: 'iam.podIdentityAssociations[0].permissionPolicy'. */
  readonly path: string;
  /** 'namespace/name' of the service account; undefined for nodes. */
  readonly account: string | undefined;
  readonly statements: readonly PolicyStatement[];
}

/** A statement that allows something. */
export interface PolicyStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly hasCondition: boolean;
}

/** The policies of a ClusterConfig that are written into it, of pods and of nodes. */
export function policiesIn(config: ClusterConfig): readonly ConfigPolicy[] {
  const { iam, addons = [], nodeGroups = [], managedNodeGroups = [] } = config;
  const of = (path: string, account: string | undefined, document: unknown): ConfigPolicy[] =>
    document === undefined || document === null ? [] : [{ path, account, statements: statementsOf(document) }];
  return [
    ...(iam?.podIdentityAssociations ?? []).flatMap((association, i) =>
      of(
        `iam.podIdentityAssociations[${i}].permissionPolicy`,
        `${association.namespace}/${association.serviceAccountName}`,
        (association as { readonly permissionPolicy?: unknown }).permissionPolicy,
      ),
    ),
    ...(iam?.serviceAccounts ?? []).flatMap(({ metadata, attachPolicy }, i) =>
      of(
        `iam.serviceAccounts[${i}].attachPolicy`,
        `${metadata?.namespace ?? 'default'}/${metadata?.name}`,
        attachPolicy,
      ),
    ),
    ...addons.flatMap(({ attachPolicy }, i) => of(`addons[${i}].attachPolicy`, undefined, attachPolicy)),
    ...Object.entries({ nodeGroups, managedNodeGroups }).flatMap(([key, groups]) =>
      groups.flatMap(({ iam: own }, i) => of(`${key}[${i}].iam.attachPolicy`, undefined, own?.attachPolicy)),
    ),
  ];
}

function statementsOf(document: unknown): PolicyStatement[] {
  return listOf((document as { readonly Statement?: unknown }).Statement).flatMap((statement) => {
    if (typeof statement !== 'object' || statement === null) {
      return [];
    }
    const { Effect, Action, Resource, Condition } = statement as Readonly<Record<string, unknown>>;
    return Effect === 'Allow'
      ? [{ actions: textsOf(Action), resources: textsOf(Resource), hasCondition: Condition !== undefined }]
      : [];
  });
}

/** Resources that CloudFormation computes are any. */
const textsOf = (value: unknown): string[] => listOf(value).map((item) => (typeof item === 'string' ? item : '*'));
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
