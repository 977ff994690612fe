import { storageMount } from '../storage/volumes';
import { type Members, QUORUM_ZONES } from './members';
import type { PatternShape } from './shape';

/** What the members of a set ask of its pods. */
export function memberShape({ storage, clustered, replicas }: Members) {
  const hasVolume = storage.length > 0;
  return {
    // an EBS volume ties its pod to one zone for good, so the spread must hold from the start
    defaultSpread: hasVolume || clustered ? 'zones' : 'soft',
    // for any number of replicas, or a change of the number would replace the pods
    spreadZones: clustered ? QUORUM_ZONES : undefined,
    hasMembers: replicas > 1,
    usesStorage: hasVolume,
    keepsState: hasVolume,
    claimNames: storage.map((s) => s.name),
    mounts: storage.map(storageMount),
    volumesProp: 'storage',
  } as const satisfies Partial<PatternShape>;
}
