import { isEbsDriver } from '../../../eks/compute-modes';
import { type PodObject, title } from '../../../kube/inventory';
import { containersOf } from '../../../kube/pod-resources';
import { FARGATE } from '../../../simulator/node-templates/of-cluster';
import { mismatchOf, schedulingConstraints } from '../../../simulator/node-templates/scheduling-constraints';
import { claimedVolumes, type VolumeIndex, volumeIndex } from '../../cluster/volumes';
import { fargatePods, LEAVE_FARGATE } from '../../fargate-pods';
import { clusterRule } from '../../rule';

/** Pods that a Fargate profile takes, and that cannot run there. */
export const rule = clusterRule({
  id: 'fargate/unsupported',
  title: 'pods that a Fargate profile takes use only what Fargate has',
  severity: 'error',
  why: 'Fargate has no DaemonSets, privileged containers, host paths, host ports, GPUs or EBS volumes. A pod that needs one of them is refused or stays pending.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles:
  - { name: shop, selectors: [{ namespace: shop }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  hostNetwork: true
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles:
  - { name: shop, selectors: [{ namespace: shop }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  check: (cluster, inventory, report) => {
    const volumes = volumeIndex(inventory);
    for (const [pod, profile] of fargatePods(cluster, inventory)) {
      for (const [what, instead] of unsupported(pod, volumes)) {
        report(pod, {
          message: `${profile.name} takes the pods of ${title(pod)}, and ${what}`,
          fix: instead === undefined ? LEAVE_FARGATE : `${instead}, or ${LEAVE_FARGATE}`,
        });
      }
    }
  },
});

/** What Fargate lacks, and what to write instead where there is something. */
function unsupported(pod: PodObject, volumes: VolumeIndex): (readonly [what: string, instead?: string])[] {
  const { spec, manifest } = pod;
  const containers = containersOf(spec);
  const found: (readonly [string, string?])[] = [];
  if (manifest.kind === 'DaemonSet') {
    found.push(['a DaemonSet has no node there', 'run it as a container beside each workload']);
  }
  for (const { claim, driver, dynamic } of claimedVolumes(pod, volumes)) {
    if (isEbsDriver(driver)) {
      found.push([`claim '${claim}' is a volume on EBS, which cannot be attached there`, 'keep the files on EFS']);
    } else if (driver === 'efs.csi.aws.com' && dynamic) {
      found.push([
        `claim '${claim}' provisions its volume on EFS dynamically, which does not work there`,
        'create the PersistentVolume yourself',
      ]);
    }
  }
  if (containers.some(({ securityContext }) => securityContext?.privileged === true)) {
    found.push(['no container is privileged there', "leave 'privileged' out"]);
  }
  if (spec.volumes?.some(({ hostPath }) => hostPath !== undefined)) {
    found.push(["there is no node whose files a 'hostPath' could mount", 'write to an emptyDir']);
  }
  if (spec.hostNetwork === true) {
    found.push(["there is no node whose network 'hostNetwork' could share", "leave 'hostNetwork' out"]);
  }
  if (containers.some(({ ports }) => ports?.some(({ hostPort }) => hostPort !== undefined && hostPort !== 0))) {
    found.push(["there is no node whose port a 'hostPort' could take", 'expose them by a Service']);
  }
  const constraints = schedulingConstraints(spec, claimedVolumes(pod, volumes));
  const [device] = constraints.devices;
  if (device) {
    found.push([`no pod gets ${device.what} there`]);
  }
  if (spec.resourceClaims?.length) {
    found.push(['no driver gives pods the devices of their resourceClaims there']);
  }
  const mismatch = mismatchOf(FARGATE, { ...constraints, devices: [] });
  if (mismatch?.kind === 'label') {
    const has = [...(mismatch.has.only ?? [])].join(', ');
    found.push([`there '${mismatch.key}' is '${has}', while they ask for '${mismatch.asked?.values?.join(', ')}'`]);
  }
  return found;
}
