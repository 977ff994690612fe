import { ANNOTATION_PREFIX } from '../kube/labels';

/** How nodeadm sets up the NVMe disks of an instance: as one for the kubelet and containerd, or each at a path of its own. */
export type InstanceStore = 'RAID0' | 'Mount';

/**
 * The disks of the instances themselves.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/templates/shared/runtime/bin/setup-local-disks
 */
export const INSTANCE_STORE = {
  /** Of nodes whose disks are mounted one by one. */
  label: `${ANNOTATION_PREFIX}/instance-store`,
  /** Where each disk is mounted. */
  folder: '/mnt/k8s-disks',
} as const;

/** Volumes that are folders or disks of one node, which nothing makes on demand. */
export const LOCAL_VOLUMES = {
  provisioner: 'kubernetes.io/no-provisioner',
  /** Of a StorageClass: the folder of the nodes in which the volumes are mounted. */
  folder: `${ANNOTATION_PREFIX}/local-volumes-in`,
} as const;

/** What nodeadm reads, which eksctl takes as the bootstrap command of AmazonLinux2023. */
export function nodeConfigOf(strategy: InstanceStore): string {
  return `apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  instance:
    localStorage:
      strategy: ${strategy}
`;
}

/** Whether a bootstrap command joins the disks of the instance, so that files of pods are on them. */
export function joinsDisks(bootstrapCommand: string | undefined): boolean {
  return /^\s*strategy:\s*["']?RAID0["']?\s*$/im.test(bootstrapCommand ?? '');
}
