import { copyPlain } from '../../kube/copy';
import { selectorLabels } from '../../kube/labels';
import type { Check } from '../core/check';
import type { ObjectMeta, PodTemplate, Service, StatefulSet } from '../core/k8s';
import { type PortModel, servicePorts } from '../core/ports';
import type { Member } from '../network/expose/way';
import { type Disruption, MIN_READY_SECONDS, REVISIONS, resolveDisruption } from '../scaling/availability';
import { resolveFixedReplicas } from '../scaling/replicas';
import { claimTemplate, resolveStorage, type Storage, type StorageModel } from '../storage/volumes';
import { type MemberParts, resolveSet, type SetSpec } from './member-parts';
import { splitPorts } from './member-ports';
import { checkMajority, resolveQuorum } from './quorum';
import { ServiceAddress, type ServiceModel } from './service-parts';

/** The validated members of a stateful service. */
export interface Members {
  readonly replicas: number;
  readonly storage: readonly StorageModel[];
  readonly set: SetSpec;
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  /** Ports of the Service for clients. */
  readonly clientPorts: readonly [PortModel, ...PortModel[]];
  /** Ports that only members use. */
  readonly memberPorts: readonly PortModel[];
  /** Whether they replicate among themselves: a drain then counts those that are not ready. */
  readonly replicated: boolean;
  /** Whether the members replicate, however many there are now. */
  readonly clustered: boolean;
  /** Whether they keep a quorum when a zone is lost, which needs three zones. */
  readonly hasQuorum: boolean;
}

/** The props that describe the members, see StatefulServiceProps. */
export interface MemberInput extends MemberParts {
  readonly storage: 'none' | Storage | readonly Storage[];
  readonly memberPorts?: readonly string[];
}

/** With two zones, one of them has the majority. */
export const QUORUM_ZONES = 3;

/** Name of the headless Service, which gives each member a DNS name. */
export const headlessName = (name: string): string => `${name}-headless`;

/** Addresses of the Service and of its members. */
export class MemberAddress extends ServiceAddress {
  readonly domain: string;
  readonly hosts: readonly string[];
  readonly members: readonly string[];
  /** The members with their numbers. */
  readonly numbered: readonly Member[];

  constructor(
    check: Check,
    name: string,
    namespace: string,
    clientPorts: Members['clientPorts'],
    model: ServiceModel,
    sole: boolean,
    readonly replicas: number,
    firstOrdinal: number,
  ) {
    super(check, name, namespace, clientPorts, sole, model.ports);
    this.domain = `${headlessName(name)}.${namespace}.svc.cluster.local`;
    this.numbered = Array.from({ length: replicas }, (_, i) => {
      const ordinal = firstOrdinal + i;
      return { name: `${name}-${ordinal}`, ordinal };
    });
    this.members = this.numbered.map((member) => member.name);
    this.hosts = this.members.map((member) => `${member}.${this.domain}`);
  }
}

export function resolveMembers(check: Check, props: MemberInput, model: ServiceModel): Members {
  const count = resolveQuorum(check, props);
  const replicas = resolveFixedReplicas(check, count ?? props.replicas);
  const storage = resolveVolumeClaims(check, props.storage);
  checkCopies(check, props, storage, replicas.min);
  const { clientPorts, memberPorts } = splitPorts(check, props.memberPorts, model);
  if (storage.length === 0 && props.persistentVolumeClaimRetentionPolicy !== undefined) {
    check.fail(
      'forbidden',
      'persistentVolumeClaimRetentionPolicy',
      "persistentVolumeClaimRetentionPolicy must not be set with storage: 'none': there are no claims",
      'leave it out',
    );
  }
  const clustered = props.memberPorts !== undefined || count !== undefined;
  const disruption = resolveDisruption(check, props.disruption, replicas);
  if (count !== undefined) {
    checkMajority(check, count, disruption);
  }
  const replicated = replicas.min > 1 && clustered;
  return {
    replicas: replicas.min,
    replicated,
    clustered,
    hasQuorum: replicated && replicas.min >= QUORUM_ZONES,
    storage,
    set: resolveSet(check, props, replicas.min),
    disruption,
    clientPorts,
    memberPorts,
  };
}

function resolveVolumeClaims(check: Check, storage: MemberInput['storage'] | undefined): readonly StorageModel[] {
  if (storage === 'none') {
    return [];
  }
  if (storage === undefined || (Array.isArray(storage) && storage.length === 0)) {
    check.fail(
      storage === undefined ? 'required' : 'invalid',
      'storage',
      `storage ${storage === undefined ? 'is required' : 'must not be empty'}: the volume of each member`,
      "write storage: { mountPath: '/data', size: '20Gi' }, or 'none' if members keep nothing",
    );
  }
  if (!Array.isArray(storage)) {
    return [resolveStorage(check, 'storage', storage as Storage)];
  }
  check.typed('storage', storage, 'list');
  const models = (storage as readonly Storage[]).map((s, i) => resolveStorage(check, `storage[${i}]`, s));
  const names = models.map((s) => s.name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) {
    check.fail(
      'duplicate',
      `storage[${twice}].name`,
      `storage[${twice}].name must be unique, but another volume has the name '${names[twice]}'`,
      "set the name of each volume, such as { name: 'wal', ... }",
    );
  }
  return models;
}

/** The names of the claims that the StatefulSet makes of its templates. */
/** A copy is in the zone of its source, where one member runs: the others would wait for a volume for ever. */
function checkCopies(
  check: Check,
  props: Pick<MemberInput, 'storage'>,
  storage: readonly StorageModel[],
  replicas: number,
): void {
  const copied = storage.findIndex(({ source }) => source?.kind === 'PersistentVolumeClaim');
  if (copied >= 0 && replicas > 1) {
    const field = `${Array.isArray(props.storage) ? `storage[${copied}]` : 'storage'}.from`;
    check.fail(
      'forbidden',
      field,
      `${field} must not be a claim for ${replicas} members: the copies are in the zone of '${storage[copied]!.source!.name}', and members are in several zones`,
      'write replicas: 1, and let further members replicate; or fill them from a snapshot, which restores to any zone',
    );
  }
}

export function claimNamesOf({ storage }: Members, members: readonly string[]): readonly string[] {
  return storage.flatMap(({ name }) => members.map((member) => `${name}-${member}`));
}

export function headlessService(metadata: Service['metadata'], name: string, ports: readonly PortModel[]): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      // members must find each other before they are ready
      publishNotReadyAddresses: true,
      selector: selectorLabels(name),
      ports: servicePorts(ports),
    },
  };
}

export function statefulSet(
  metadata: ObjectMeta & { name: string },
  { set, replicas, storage }: Members,
  template: PodTemplate,
): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      minReadySeconds: MIN_READY_SECONDS,
      ordinals: set.firstOrdinal === 0 ? undefined : { start: set.firstOrdinal },
      persistentVolumeClaimRetentionPolicy: storage.length > 0 ? { ...set.claims } : undefined,
      podManagementPolicy: set.order,
      replicas,
      revisionHistoryLimit: REVISIONS,
      selector: { matchLabels: selectorLabels(metadata.name) },
      serviceName: headlessName(metadata.name),
      template,
      updateStrategy: copyPlain(set.updateStrategy),
      volumeClaimTemplates: storage.length > 0 ? storage.map((s) => claimTemplate(metadata.name, s)) : undefined,
    },
  };
}
