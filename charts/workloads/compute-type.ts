import type { IConstruct } from 'constructs';
import { profileOf } from '../../eksctl/fargate-profiles';
import { addCheck } from '../core/checks';
import { clusterOf, clusterSideOf } from '../core/cluster-context';
import type { Placement } from '../pods/placement';

/** The pods, as a Fargate profile selects them. */
export interface SelectedPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Nodes that no node group describes: whether the cluster has a profile for these pods, or networks of hybrid nodes. */
export function checkComputeType(workload: IConstruct, { computeType }: Placement, pods: SelectedPods): void {
  if (computeType === undefined) {
    return;
  }
  addCheck(workload, (report) => {
    const config = clusterSideOf(workload)?.config;
    const field = 'placement.computeType';
    if (config === undefined) {
      const cluster = clusterOf(workload)?.facts.name;
      if (cluster !== undefined) {
        report({
          rule: 'placement/compute-type',
          severity: 'warning',
          field,
          message: `whether cluster '${cluster}' has nodes of type '${computeType}' for these pods is not known`,
          fix:
            computeType === 'fargate'
              ? `look at \`aws eks list-fargate-profiles --cluster-name ${cluster}\`, or describe the cluster with Cluster.fromClusterConfig`
              : 'look at `kubectl get nodes -l eks.amazonaws.com/compute-type=hybrid`',
        });
      }
      return;
    }
    if (computeType === 'fargate' && !profileOf(pods, config)) {
      report({
        rule: 'placement/compute-type',
        field,
        message: `no Fargate profile of cluster '${config.metadata.name}' selects these pods, which then stay pending`,
        fix: `add { name: '${pods.namespace}', selectors: [{ namespace: '${pods.namespace}' }] } to fargateProfiles in 'config' of the cluster`,
      });
    }
    if (computeType === 'hybrid' && config.remoteNetworkConfig === undefined) {
      report({
        rule: 'placement/compute-type',
        field,
        message: `cluster '${config.metadata.name}' has no remoteNetworkConfig, without which no hybrid node can join it`,
        fix: "add remoteNetworkConfig with the networks of the nodes to 'config' of the cluster",
      });
    }
  });
}
