import type { ManifestError } from '../../charts/core/errors';
import { isEbsDriver } from '../../eks/compute-modes';
import { DEVICES } from '../../eks/devices';
import { profileOf } from '../../eksctl/fargate-profiles';
import { associationsOf } from '../../eksctl/roles';
import { errorAt, title } from '../../kube/objects';
import { containersOf, requestedResources } from '../../kube/pod-resources';
import { FARGATE } from '../../simulator/node-templates/fargate';
import { mismatchOf, schedulingConstraints } from '../../simulator/node-templates/scheduling-constraints';
import type { FitFindings, FitInput } from './input';
import { type PodObject, podObjects } from './pods';
import { claimedVolumes, type VolumeIndex, volumeIndex } from './volumes';

/** Pods that a Fargate profile takes, and that cannot run there. */
export function fargateFindings(input: FitInput): FitFindings {
  const { config, objects } = input;
  if (!config.fargateProfiles?.length) {
    return { errors: [], warnings: [] };
  }
  const index = volumeIndex(objects);
  const associated = new Set(associationsOf(config).map(({ account }) => account));
  const errors: ManifestError[] = [];
  for (const pod of podObjects(objects)) {
    const matched = profileOf(pod, config);
    if (!matched) {
      continue;
    }
    const away = `let the selectors of the profile leave them out (by labels, or another namespace), so that nodes take them`;
    const complain = (what: string, fix: string) =>
      errors.push(errorAt(pod, `${matched.name} takes the pods of ${title(pod)}, and ${what}`, fix));
    for (const [what, instead] of impossible(pod, index)) {
      complain(what, instead === undefined ? away : `${instead}, or ${away}`);
    }
    const account = `${pod.namespace}/${pod.serviceAccount}`;
    if (associated.has(account)) {
      complain(
        `pod identity does not reach Fargate, where service account '${account}' has its permissions from`,
        `${away}; or give the permissions by IRSA (iam.withOIDC: true, iam.serviceAccounts: [{ metadata: { name: '${pod.serviceAccount}', namespace: '${pod.namespace}' }, roleOnly: true, ... }])`,
      );
    }
  }
  return { errors, warnings: [] };
}

/** What Fargate lacks, and what to write instead where there is something. */
function impossible(pod: PodObject, index: VolumeIndex): (readonly [what: string, instead?: string])[] {
  const { spec, manifest } = pod;
  const containers = containersOf(spec);
  const found: (readonly [string, string?])[] = [];
  if (manifest.kind === 'DaemonSet') {
    found.push(['a DaemonSet has no node there', 'run it as a container beside each workload']);
  }
  for (const { claim, driver, dynamic } of claimedVolumes(pod, index)) {
    if (isEbsDriver(driver)) {
      found.push([`claim '${claim}' is a volume on EBS, which cannot be attached there`, 'keep the files on EFS']);
    } else if (driver === 'efs.csi.aws.com' && dynamic) {
      found.push([
        `claim '${claim}' makes its volume on EFS when it is claimed, which does not work there`,
        'make the PersistentVolume yourself',
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
  const device = requestedResources(spec)
    .map((name) => DEVICES[name])
    .find((known) => known !== undefined);
  if (device) {
    found.push([`no pod gets ${device.what} there`]);
  }
  const mismatch = mismatchOf(FARGATE, { ...schedulingConstraints(spec, claimedVolumes(pod, index)), devices: [] });
  if (mismatch?.kind === 'label') {
    const has = [...(mismatch.has.only ?? [])].join(', ');
    found.push([`there '${mismatch.key}' is '${has}', while they ask for '${mismatch.asked?.values?.join(', ')}'`]);
  }
  return found;
}
