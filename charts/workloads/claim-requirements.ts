import { isAtLeast } from '../../kube/versions';
import type { ClusterFacts, Requirement, RequirementResult } from '../core/requirements';
import { type ClaimModel, deviceClasses } from '../pods/device-claims';

/** The version that serves resource.k8s.io/v1; the versions before it have the API as a beta, which EKS does not enable. */
const DYNAMIC_ALLOCATION = '1.34';

/** The API, the driver of each class, and what Karpenter has to know. */
export function claimRequirements(claims: readonly ClaimModel[], because: string): Requirement[] {
  if (claims.length === 0) {
    return [];
  }
  return [
    { id: 'version/dynamic-resource-allocation', because, check: servesClaims },
    ...deviceClasses(claims).map((name) => deviceClass(name, because)),
    { id: 'karpenter/dynamic-resource-allocation', because, check: karpenterClaims },
  ];
}

function servesClaims({ name, version }: ClusterFacts): RequirementResult {
  return isAtLeast(version, DYNAMIC_ALLOCATION)
    ? { status: 'met' }
    : {
        status: 'unmet',
        message: `cluster '${name}' has Kubernetes ${version}, which does not serve resource.k8s.io/v1`,
        fix: `upgrade it to ${DYNAMIC_ALLOCATION} or later, or ask for the devices of a device plugin in resources.devices`,
      };
}

/** A class of devices; the cluster knows the drivers of some. */
function deviceClass(name: string, because: string): Requirement {
  return {
    id: `device-class/${name}`,
    need: { kind: 'device-class', name },
    because,
    check: () => ({
      status: 'provided',
      addition: {
        kind: 'step',
        step: {
          title: `DeviceClass ${name}`,
          text: `Install the driver that brings it. Needed because ${because}.`,
          commands: [`kubectl get deviceclass ${name}`],
        },
      },
    }),
  };
}

/** @see https://karpenter.sh/docs/tasks/dra/ */
function karpenterClaims({ karpenter }: ClusterFacts): RequirementResult {
  return karpenter === undefined
    ? { status: 'met' }
    : {
        status: 'provided',
        addition: {
          kind: 'step',
          step: {
            title: 'Karpenter and claims of devices',
            text: 'Karpenter makes nodes for pods with claims from version 1.15 on, with `--set settings.enableDRA=true` in its Helm command, which is alpha, and for GPUs of NVIDIA and EFA alone. Nodes of node groups and of static NodePools take such pods without it.',
          },
        },
      };
}
