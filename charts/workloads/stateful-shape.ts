import { storageMount } from '../storage/volumes';
import { type MemberAddress, type Members, QUORUM_ZONES } from './members';
import { type ServiceModel, trafficOf } from './service-parts';
import type { WorkloadShape } from './shape';

/** The validated props of the StatefulSet and its Services. */
export interface StatefulServiceModel {
  readonly service: ServiceModel;
  readonly members: Members;
  readonly addresses: MemberAddress;
}

/** The pods of the members. */
export function shapeOf({ service, members, addresses }: StatefulServiceModel): WorkloadShape {
  const hasVolume = members.storage.length > 0;
  return {
    component: 'stateful-service',
    controller: 'statefulSet',
    self: addresses,
    ports: service.containerPorts,
    clientPorts: members.clientPorts,
    probes: service.probes,
    metrics: service.metrics,
    traffic: trafficOf(service),
    defaultPriority: 'standard',
    // an EBS volume ties its pod to one zone for good, so the spread must hold from the start
    defaultSpread: hasVolume || members.clustered ? 'zones' : 'soft',
    // for any number of replicas, or a change of the number would replace the pods
    spreadZones: members.clustered ? QUORUM_ZONES : undefined,
    restartPolicy: 'Always',
    hasMembers: members.replicas > 1,
    usesStorage: hasVolume,
    keepsState: hasVolume,
    maxPods: members.replicas,
    claimNames: members.storage.map((s) => s.name),
    mounts: members.storage.map(storageMount),
    volumesProp: 'storage',
  };
}
