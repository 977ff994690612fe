import type { Container, PodSpec } from '../../../imports/kubernetes';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import { claimedVolumes, type VolumeIndex, volumeIndex } from '../../cluster/volumes';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { suspectsIn, WINDOWS_PODS } from '../../suspects';

/** What the API server accepts for Windows and the kubelet there does not do. */
export const rule: Rule = {
  id: 'windows/unsupported',
  title: 'pods on Windows use what Windows has',
  severity: 'error',
  why: 'Nodes of Windows mount whole volumes only, keep none in memory, have no client for EFS, and share their network with HostProcess containers alone. Such pods do not start.',
  source: 'https://kubernetes.io/docs/concepts/storage/windows-storage/',
  bad: example(', subPath: logs'),
  good: example(''),
  check: ({ inventory }, report) => {
    const volumes = volumeIndex(inventory);
    for (const pod of suspectsIn(inventory, WINDOWS_PODS)) {
      const found = new Places(report, pod);
      const at = podSpecField(pod);
      const of = title(pod);
      for (const { container, field } of podContainers(pod)) {
        for (const [i, { subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
          if (subPath || subPathExpr) {
            found.add('subPath', {
              message: `container '${container.name}' of ${of} mounts a folder of a volume, and Windows mounts whole volumes only`,
              fix: 'mount the volume without subPath',
              field: `${indexPath(`${field}.volumeMounts`, i)}.${subPath ? 'subPath' : 'subPathExpr'}`,
              container: container.name,
            });
          }
        }
      }
      for (const [i, { name, emptyDir, nfs }] of (pod.spec.volumes ?? []).entries()) {
        if (emptyDir?.medium === 'Memory') {
          found.add('memory', {
            message: `volume '${name}' of ${of} is in memory, which Windows does not have`,
            fix: "leave out medium: Memory (of this library: 'memory')",
            field: `${indexPath(`${at}.volumes`, i)}.emptyDir.medium`,
          });
        } else if (nfs) {
          found.add('nfs', {
            message: `volume '${name}' of ${of} is of NFS, for which Windows has no client`,
            fix: 'use SMB, such as FSx for Windows File Server',
            field: `${indexPath(`${at}.volumes`, i)}.nfs`,
          });
        }
      }
      if (pod.spec.hostNetwork && !podContainers(pod).every(({ container }) => isHostProcess(container, pod.spec))) {
        found.add('hostNetwork', {
          message: `the pods of ${of} use the network of the node, which only HostProcess containers do on Windows`,
          fix: 'leave hostNetwork out',
          field: `${at}.hostNetwork`,
        });
      }
      for (const message of claimProblems(pod, volumes)) {
        found.add(message, { message, fix: 'use a StorageClass that Windows can mount' });
      }
      found.finish();
    }
  },
};

function isHostProcess({ securityContext }: Container, spec: PodSpec): boolean {
  const own = securityContext?.windowsOptions?.hostProcess;
  return (own ?? spec.securityContext?.windowsOptions?.hostProcess) === true;
}

function claimProblems(pod: PodObject, volumes: VolumeIndex): string[] {
  return claimedVolumes(pod, volumes).flatMap(({ claim, driver, fileSystem }) => {
    if (driver === 'efs.csi.aws.com') {
      return [`claim '${claim}' of ${title(pod)} is on EFS, for which Windows has no client`];
    }
    return driver === 'ebs.csi.aws.com' && fileSystem !== undefined && fileSystem !== 'ntfs'
      ? [`claim '${claim}' of ${title(pod)} is of a class that formats with ${fileSystem}, and Windows mounts NTFS`]
      : [];
  });
}

function example(more: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  os: { name: windows }
  nodeSelector: { kubernetes.io/os: windows }
  containers:
    - { name: web, image: 'example.com/web:1.0.0', volumeMounts: [{ name: data, mountPath: 'C:\\\\data'${more} }] }
  volumes: [{ name: data, emptyDir: {} }]
`;
}
