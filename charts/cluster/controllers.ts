import { managedPolicyArn } from '../../eks/arn';
import { type Controller, installedBefore, type Release } from '../../eks/controllers';
import type { PodIdentityAssociation } from '../../eksctl/types';
import type { ClusterFacts, Prerequisite } from '../core/requirements';

/** How a controller is installed in a cluster, with its permissions. */
export function prerequisiteOf(controller: Controller, cluster: ClusterFacts): Prerequisite {
  const { name, namespace, permissions, before = [], commands } = controller;
  return {
    name,
    commands: [...[...before, controller].map((release) => helm(release, cluster)), ...(commands?.(cluster) ?? [])],
    ...(permissions
      ? {
          podIdentity: {
            namespace,
            serviceAccountName: permissions.serviceAccountName,
            ...('policy' in permissions
              ? { permissionPolicyARNs: [managedPolicyArn(cluster.region, permissions.policy)] }
              : 'statements' in permissions
                ? { permissionPolicy: policyOf(permissions.statements(cluster)) }
                : { wellKnownPolicies: { [permissions.wellKnownPolicy]: true } }),
          },
        }
      : {}),
  };
}

/** One command that installs or upgrades. */
function helm(
  { chart, release = chart, repository, namespace, values, texts }: Release,
  cluster: ClusterFacts,
): string {
  const lines = [
    ...(repository.startsWith('oci://')
      ? [`helm upgrade --install ${release} ${repository}/${chart}`]
      : [`helm upgrade --install ${release} ${chart}`, `--repo ${repository}`]),
    `--namespace ${namespace}${namespace === 'kube-system' ? '' : ' --create-namespace'}`,
    ...Object.entries(values?.(cluster) ?? {}).map(
      // a shell would look for files by brackets, and drop backslashes
      ([key, value]) => (/[[\\]/.test(key) ? `--set '${key}=${value}'` : `--set ${key}=${value}`),
    ),
    ...Object.entries(texts?.(cluster) ?? {}).map(([key, value]) => `--set-string ${key}=${value}`),
    '--wait',
  ];
  return lines.join(' \\\n  ');
}

/** A policy of IAM. */
export function policyOf(statements: readonly object[]): NonNullable<PodIdentityAssociation['permissionPolicy']> {
  return { Version: '2012-10-17', Statement: statements };
}

/** In the order of installation; otherwise as they are given. */
export function inOrder(prerequisites: readonly Prerequisite[]): Prerequisite[] {
  const byName = new Map(prerequisites.map((prerequisite) => [prerequisite.name, prerequisite]));
  const ordered = new Set<Prerequisite>();
  const add = (prerequisite: Prerequisite | undefined): void => {
    if (prerequisite && !ordered.has(prerequisite)) {
      for (const name of installedBefore(prerequisite.name)) {
        add(byName.get(name));
      }
      ordered.add(prerequisite);
    }
  };
  for (const prerequisite of prerequisites) {
    add(prerequisite);
  }
  return [...ordered];
}
