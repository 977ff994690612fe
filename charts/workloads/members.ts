import { selectorLabels } from '../../kube/labels';
import type { Check } from '../core/check';
import type { ObjectMeta, PodTemplate, Service, StatefulSet } from '../core/k8s';
import { type PortModel, servicePorts } from '../core/ports';
import { type Disruption, MIN_READY_SECONDS, REVISIONS, resolveDisruption } from '../scaling/availability';
import { resolveFixedReplicas } from '../scaling/replicas';
import { claimTemplate, resolveStorage, type Storage, type StorageModel } from '../storage/volumes';
import { ServiceAddress, type ServiceModel } from './service-parts';

/** The members of a stateful service, judged. */
export interface Members {
  readonly replicas: number;
  readonly storage: readonly StorageModel[];
  readonly order: 'OrderedReady' | 'Parallel';
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  /** Ports of the client service. */
  readonly clientPorts: readonly [PortModel, ...PortModel[]];
}

/** The props that describe the members, see StatefulServiceProps. */
export interface MemberInput {
  readonly replicas?: number;
  readonly storage: Storage | readonly Storage[];
  readonly memberPorts?: readonly string[];
  readonly order?: 'OrderedReady' | 'Parallel';
  readonly disruption?: Disruption;
}

/** The service that gives each member a name. */
export const headlessName = (name: string): string => `${name}-headless`;

/** Addresses of the service, and of its members. */
export class MemberAddress extends ServiceAddress {
  readonly domain: string;
  readonly hosts: readonly string[];

  constructor(
    check: Check,
    name: string,
    namespace: string,
    clientPorts: Members['clientPorts'],
    model: ServiceModel,
    sole: boolean,
    readonly replicas: number,
  ) {
    super(check, name, namespace, clientPorts, sole, model.ports);
    this.domain = `${headlessName(name)}.${namespace}.svc.cluster.local`;
    this.hosts = Array.from({ length: replicas }, (_, i) => `${name}-${i}.${this.domain}`);
  }
}

export function resolveMembers(check: Check, props: MemberInput, model: ServiceModel): Members {
  const replicas = resolveFixedReplicas(check, props.replicas);
  if (props.storage === undefined || (Array.isArray(props.storage) && props.storage.length === 0)) {
    check.fail(
      'no storage: without a volume of its own it is a WebService',
      "write storage: { mountPath: '/data', size: '20Gi' }, or use WebService",
    );
  }
  const storage = (
    Array.isArray(props.storage) ? (props.storage as readonly Storage[]) : [props.storage as Storage]
  ).map((s) => resolveStorage(check, 'storage', s));
  const names = storage.map((s) => s.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    check.fail(`two volumes of storage have the name '${twice}'`, "give each a name of its own: { name: 'wal', ... }");
  }
  const memberPorts: readonly string[] = props.memberPorts ?? [];
  for (const name of memberPorts) {
    if (!model.ports.some((p) => p.name === name)) {
      check.fail(
        `memberPorts has '${name}', which is none of its ports`,
        `write one of ${model.ports.map((p) => `'${p.name}'`).join(', ')}`,
      );
    }
  }
  if (memberPorts.includes(model.ports[0].name)) {
    check.fail(
      `memberPorts has '${model.ports[0].name}', the first port, which is the main port of clients`,
      'put a port that clients call first',
    );
  }
  const [main, ...rest] = model.ports;
  const others = rest.filter((p) => !memberPorts.includes(p.name));
  if (memberPorts.includes(model.exposed.name)) {
    check.fail(
      `expose gives port '${model.exposed.name}' to a load balancer, but it is one of memberPorts`,
      'expose a port of clients',
    );
  }
  if (props.order !== undefined) {
    check.oneOf('order', props.order, ['OrderedReady', 'Parallel']);
  }
  return {
    replicas: replicas.min,
    storage,
    order: props.order ?? 'OrderedReady',
    disruption: resolveDisruption(check, props.disruption, replicas),
    clientPorts: [main, ...others],
  };
}

export function headlessService(metadata: Service['metadata'], name: string, ports: readonly PortModel[]): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      // members find each other while they start
      publishNotReadyAddresses: true,
      selector: selectorLabels(name),
      ports: servicePorts(ports),
    },
  };
}

export function statefulSet(
  metadata: ObjectMeta & { name: string },
  members: Members,
  template: PodTemplate,
): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      minReadySeconds: MIN_READY_SECONDS,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      podManagementPolicy: members.order,
      replicas: members.replicas,
      revisionHistoryLimit: REVISIONS,
      selector: { matchLabels: selectorLabels(metadata.name) },
      serviceName: headlessName(metadata.name),
      template,
      updateStrategy: { type: 'RollingUpdate' },
      volumeClaimTemplates: members.storage.map((s) => claimTemplate(metadata.name, s)),
    },
  };
}
