import { withoutEndSlashes } from './text';

/** What a path of a Linux node is, by its name. */
export type HostPathKind = 'Socket' | 'CharDevice' | 'BlockDevice';

const SOCKET = /\.sock(et)?$/;
/** Devices of the kernel and of drivers. */
const CHARACTER =
  /^\/dev\/(fuse|kvm|kmsg|net\/tun|null|zero|full|random|urandom|tty\w*|console|ptmx|rtc\d*|watchdog\d*|vhost-net|vhost-vsock|vfio\/(vfio|\d+)|nvidia(ctl|-uvm|-uvm-tools|-modeset|\d+)|neuron\d+|infiniband\/(uverbs|umad|issm)\d+|infiniband\/rdma_cm|kfd|dri\/(card|renderD)\d+|hwrng|tpm(rm)?\d+|video\d+|i2c-\d+|snd\/\w+)$/;
const BLOCK = /^\/dev\/(nvme\d+n\d+(p\d+)?|(xv|s|v)d[a-z]+\d*|loop\d+|dm-\d+|ram\d+)$/;

/** What a path is known to be; undefined for a folder, a file, and what its name does not say. */
export function hostPathKind(path: string): HostPathKind | undefined {
  if (SOCKET.test(path)) {
    return 'Socket';
  }
  return CHARACTER.test(path) ? 'CharDevice' : BLOCK.test(path) ? 'BlockDevice' : undefined;
}

/** Folders in which programs register themselves with the kubelet by a socket that they make. */
export const KUBELET_SOCKETS: readonly string[] = [
  '/var/lib/kubelet/device-plugins',
  '/var/lib/kubelet/plugins',
  '/var/lib/kubelet/plugins_registry',
];

/** Folders that every Linux node of EKS has; what lies below is made by the programs of the node. */
const STANDARD =
  /^\/($|(boot|dev|proc|run|sys|tmp|lib|lib64|usr|bin|sbin|home|root|mnt|media|opt|srv|etc|var)$|(dev|proc|sys|run|lib|lib64|usr|bin|sbin|boot|etc)\/|var\/(lib|log|run|tmp|cache|spool|lock|opt|mail|db|empty)$|var\/(run|lock|log)\/|var\/lib\/(kubelet|containerd|cni|rpm|systemd|cloud|dhclient|dbus|chrony|misc|selinux|amazon|docker|nfs)(\/|$)|opt\/(cni|aws|amazon)(\/|$)|local\/|mnt\/k8s-disks|\.bottlerocket|x86_64-bottlerocket|aarch64-bottlerocket)/;

/** Whether a node is known to have a folder. */
export const isOnEveryNode = (path: string): boolean => STANDARD.test(withoutEndSlashes(path));
