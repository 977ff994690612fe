import { hostPathKind, isOnEveryNode, KUBELET_SOCKETS } from '../../../kube/host-paths';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { withoutEndSlashes } from '../../../kube/text';
import type { Problem, Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A path of the node that is not what its volume says, so that the pod waits for it. */
export const rule: Rule = {
  id: 'volumes/host-path',
  title: 'paths of the node are what their volumes say, and writable where a socket is made',
  severity: 'warning',
  why: 'The kubelet checks the type of a hostPath, and does not start the containers where it differs: a socket or a device is not a directory, and a directory that is missing is not created. In a folder that is mounted read-only a device plugin cannot make its socket.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types',
  bad: pod('type: Directory'),
  good: pod('type: Socket'),
  check: checkSuspects(
    suspectPods(({ spec }) => spec.volumes?.some(({ hostPath }) => hostPath) === true),
    (one, report) => {
      for (const [i, { name, hostPath }] of (one.spec.volumes ?? []).entries()) {
        const problem = hostPath?.path === undefined ? undefined : problemOf(one, name, hostPath.path, hostPath.type);
        if (problem) {
          report(one, { ...problem, field: `${podSpecField(one)}.volumes[${i}].hostPath` });
        }
      }
    },
  ),
};

const FOLDERS = ['Directory', 'DirectoryOrCreate'];
const FILES = [...FOLDERS, 'File', 'FileOrCreate'];

function problemOf(pod: PodObject, volume: string, path: string, type: string | undefined): Problem | undefined {
  const place = `hostPath '${path}' of ${title(pod)}`;
  const kind = hostPathKind(path);
  if (kind !== undefined) {
    return FILES.includes(type ?? '')
      ? {
          message: `${place} is a ${kind === 'Socket' ? 'socket' : 'device'}, but its volume has the type ${type}`,
          fix: `write type: ${kind}`,
        }
      : undefined;
  }
  const mounts = podContainers(pod).flatMap(({ container }) =>
    (container.volumeMounts ?? []).filter(({ name }) => name === volume),
  );
  const readOnly = mounts.length > 0 && mounts.every((mount) => mount.readOnly === true);
  if (readOnly && KUBELET_SOCKETS.includes(withoutEndSlashes(path))) {
    return {
      message: `${place} is mounted read-only, and a plugin of the kubelet makes its socket in there`,
      fix: 'mount it writable (hostPaths: [{ path, readOnly: false }])',
    };
  }
  // paths of Windows are not known here
  if (type === 'Directory' && mounts.length > 0 && path.startsWith('/') && !isOnEveryNode(path)) {
    return {
      ...(readOnly ? { severity: 'advice' as const } : {}),
      message: `${place} must exist on every node, since its volume has the type Directory`,
      fix: 'write type: DirectoryOrCreate (by a pattern: customize: { daemonSet: (d) => { ... } }), or make the folder in the user data of the nodes',
    };
  }
  return undefined;
}

function pod(type: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents }
spec:
  containers:
    - name: agent
      image: example.com/agent:1.0.0
      volumeMounts: [{ name: runtime, mountPath: /run/containerd/containerd.sock }]
  volumes: [{ name: runtime, hostPath: { path: /run/containerd/containerd.sock, ${type} } }]
`;
}
