import { managedPolicyArn } from '../../eks/arn';
import type { Controller } from '../../eks/controllers';
import type { ClusterFacts, Prerequisite } from '../core/requirements';

/** How a controller is installed in a cluster, with its permissions. */
export function prerequisiteOf(controller: Controller, cluster: ClusterFacts): Prerequisite {
  const { name, namespace, permissions } = controller;
  return {
    name,
    commands: [helm(controller, cluster)],
    ...(permissions
      ? {
          podIdentity: {
            namespace,
            serviceAccountName: permissions.serviceAccountName,
            ...('policy' in permissions
              ? { permissionPolicyARNs: [managedPolicyArn(cluster.region, permissions.policy)] }
              : { wellKnownPolicies: { [permissions.wellKnownPolicy]: true } }),
          },
        }
      : {}),
  };
}

/** One command that installs or upgrades. */
function helm({ chart, repository, namespace, values }: Controller, cluster: ClusterFacts): string {
  const lines = [
    ...(repository.startsWith('oci://')
      ? [`helm upgrade --install ${chart} ${repository}/${chart}`]
      : [`helm upgrade --install ${chart} ${chart}`, `--repo ${repository}`]),
    `--namespace ${namespace}${namespace === 'kube-system' ? '' : ' --create-namespace'}`,
    ...Object.entries(values?.(cluster) ?? {}).map(([key, value]) => `--set ${key}=${value}`),
    '--wait',
  ];
  return lines.join(' \\\n  ');
}
