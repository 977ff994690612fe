import { HOST } from '../eks/node-labels';
import { FILE_DRIVERS } from '../eks/storage-drivers';
import { addTo } from '../kube/collections';
import type { Inventory, PodObject } from '../kube/inventory';
import { podSpecField } from '../kube/pod-containers';
import { claimedVolumes, type VolumeIndex, volumeIndex } from './cluster/volumes';

/** A claim that one node, or one pod, can mount at a time. */
export interface NarrowClaim {
  readonly name: string;
  /** 'pod' for ReadWriteOncePod. */
  readonly by: 'node' | 'pod';
  /** The objects whose pods mount it, in their order. */
  readonly users: readonly ClaimUser[];
}

export interface ClaimUser {
  readonly pod: PodObject;
  /** Of the volume; '' of a member that has the claim by a template. */
  readonly field: string;
}

/** The claims of the set that are for one node or one pod, with the objects whose pods mount them by name. */
export function narrowClaims(inventory: Inventory): readonly NarrowClaim[] {
  return inventory.view(claimsIn);
}

function claimsIn(inventory: Inventory): readonly NarrowClaim[] {
  const index = volumeIndex(inventory);
  const members = memberClaims(inventory);
  const users = new Map<string, ClaimUser[]>();
  for (const pod of inventory.pods) {
    const seen = new Set<string>();
    for (const [i, { persistentVolumeClaim }] of (pod.spec.volumes ?? []).entries()) {
      const name = persistentVolumeClaim?.claimName;
      if (name !== undefined && !seen.has(name)) {
        seen.add(name);
        const field = `${podSpecField(pod)}.volumes[${i}].persistentVolumeClaim`;
        addTo(users, `${pod.namespace}/${name}`, { pod, field });
      }
    }
  }
  return [...users].flatMap(([key, mounting]) => {
    const name = key.slice(key.indexOf('/') + 1);
    const member = index.claims.has(key) ? undefined : members.get(key.replace(/-\d+$/, ''));
    const modes = member?.modes ?? index.claims.get(key)?.accessModes ?? [];
    if (modes.length === 0 || !modes.every((mode) => mode.startsWith('ReadWriteOnce'))) {
      return [];
    }
    const by = modes.includes('ReadWriteOncePod') ? 'pod' : 'node';
    const all = member ? [{ pod: member.pod, field: '' }, ...mounting] : mounting;
    return by === 'node' && isFileSystem(mounting[0]!, name, index) ? [] : [{ name, by, users: all }];
  });
}

/** What the members of StatefulSets claim, by 'namespace/name' without their number. */
function memberClaims(inventory: Inventory): ReadonlyMap<string, { pod: PodObject; modes: readonly string[] }> {
  return new Map(
    inventory.pods.flatMap((pod) =>
      (pod.workload?.claims?.(pod.of) ?? []).map(
        ({ metadata, spec }) =>
          [
            `${pod.namespace}/${metadata?.name}-${pod.manifest.metadata.name}`,
            { pod, modes: spec?.accessModes ?? [] },
          ] as const,
      ),
    ),
  );
}

function isFileSystem({ pod }: ClaimUser, name: string, index: VolumeIndex): boolean {
  const driver = claimedVolumes(pod, index).find(({ claim }) => claim === name)?.driver;
  return FILE_DRIVERS.has(driver ?? '');
}

/** Whether an object says by itself that its pods are on one node: that of its own pods or of others, or one by name. */
export function isOnOneNode({ spec: { nodeName, nodeSelector, affinity } }: PodObject): boolean {
  const together = affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return (
    nodeName !== undefined ||
    nodeSelector?.[HOST] !== undefined ||
    together.some(({ topologyKey }) => topologyKey === HOST)
  );
}
