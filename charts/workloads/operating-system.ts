import type { IConstruct } from 'constructs';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import { type ClusterFacts, type Requirement, type RequirementResult, Requirements } from '../core/requirements';
import { secretsOf } from './aws-identity';
import { checkComputeType, type SelectedPods } from './compute-type';
import type { PodModel } from './pod';

/** Whether the cluster has nodes of the kind that the pods ask for. */
export function checkNodes(workload: IConstruct, pod: PodModel, pods: SelectedPods): void {
  checkComputeType(workload, pod.placement, pods);
  checkOperatingSystem(workload, pod);
}

/** What the cluster and the drivers of secrets do not have for pods on Windows. */
function checkOperatingSystem(workload: IConstruct, pod: PodModel): void {
  if (pod.placement.os !== 'windows') {
    return;
  }
  if ([...secretsOf(pod)].some((secret) => secret.mustBeMounted)) {
    pod.check.fail(
      'unsupported',
      'placement.os',
      "placement.os must be 'linux' for a workload with secrets of AWS: their driver runs on Linux nodes only",
      'bring the secrets by SecretSource.externalSecrets(), or read them in the program with permissions in aws',
    );
  }
  addCheck(workload, (report) => {
    const cluster = clusterOf(workload);
    if (cluster?.ipFamily === 'IPv6') {
      report({
        rule: 'placement/operating-system',
        field: 'placement.os',
        message: `cluster '${cluster.facts.name}' has IPv6 addresses, which EKS does not have for pods on Windows`,
        fix: "use a cluster with ipFamily: 'IPv4' for them",
      });
    }
  });
}

/** Pods on Windows get their addresses from the control plane, once the VPC CNI allows it. */
export function windowsRequirements({ placement, shape }: PodModel, because: string): Requirement[] {
  if (placement.os !== 'windows') {
    return [];
  }
  const found: Requirement[] = [{ id: 'feature/windows', because, check: windowsAddresses }];
  if (shape.usesStorage) {
    found.push(
      Requirements.configuredAddon(
        { name: 'aws-ebs-csi-driver', configuration: { node: { enableWindows: true } } },
        { because: `${because} and keeps its files on EBS` },
      ),
    );
  }
  return found;
}

function windowsAddresses({ name, compute, made }: ClusterFacts): RequirementResult {
  if (compute === 'auto') {
    return {
      status: 'unmet',
      message: `cluster '${name}' runs EKS Auto Mode, which has no Windows nodes`,
      fix: 'use a cluster with node groups for the workload',
    };
  }
  if (made) {
    // a string: the schema of the add-on allows no boolean
    const configuration = { enableWindowsIpam: 'true' };
    return { status: 'provided', addition: { kind: 'addon', addon: { name: 'vpc-cni', configuration } } };
  }
  const patch = JSON.stringify({ data: { 'enable-windows-ipam': 'true' } });
  return {
    status: 'provided',
    addition: {
      kind: 'step',
      step: {
        title: 'Addresses of pods on Windows',
        text: 'The control plane gives them, if the settings of the VPC CNI say so. Without it such pods stay in ContainerCreating. Where the add-on vpc-cni has configuration values, write `enableWindowsIpam: "true"` there as well.',
        commands: [`kubectl --namespace kube-system patch configmap amazon-vpc-cni --patch '${patch}'`],
      },
    },
  };
}
