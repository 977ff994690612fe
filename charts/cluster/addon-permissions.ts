import { addonSpec } from '../../eks/addons';
import type { Region } from '../../eks/values';
import type { ClusterConfig } from '../../eksctl/types';
import type { Requirement } from '../core/requirements';

/** A mutable association; the type in the ClusterConfig is read-only. */
export interface Association {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly roleARN?: string;
  permissionPolicy?: object;
  permissionPolicyARNs?: readonly string[];
}

/** Adds permissions to the service account of an add-on. */
export function addonPermissions(
  name: string,
  to: string,
  grant: (association: Association, region: Region) => void,
): Requirement {
  const [namespace = '', serviceAccountName = ''] = addonSpec(name)?.serviceAccount?.split('/') ?? [];
  const edit = (config: ClusterConfig): void => {
    const addon = config.addons?.find((candidate) => candidate.name === name) as
      | { podIdentityAssociations?: readonly Association[] }
      | undefined;
    const known = addon?.podIdentityAssociations ?? [];
    // a given role has its own permissions
    if (!addon || known.some(({ roleARN }) => roleARN !== undefined)) {
      return;
    }
    const association = { ...(known[0] ?? { namespace, serviceAccountName }) };
    grant(association, config.metadata.region);
    addon.podIdentityAssociations = [association, ...known.slice(1)];
  };
  return {
    id: `addon-permissions/${name}/${to}`,
    because: `add-on '${name}' needs permissions for ${to}`,
    check: () => ({ status: 'provided', addition: { kind: 'edit', edit } }),
  };
}

/** Adds a managed policy, once. */
export function addPolicy(association: Association, arn: string): void {
  association.permissionPolicyARNs = [...new Set([...(association.permissionPolicyARNs ?? []), arn])];
}

/** Adds statements, each once. */
export function addStatements(association: Association, statements: readonly object[]): void {
  const { Statement = [] } = (association.permissionPolicy ?? {}) as { Statement?: object[] };
  const known = new Set(Statement.map((statement) => JSON.stringify(statement)));
  const added = statements.filter((statement) => !known.has(JSON.stringify(statement)));
  association.permissionPolicy = { Version: '2012-10-17', Statement: [...Statement, ...added] };
}
