import type { ContainerPort, ServicePort } from '../imports/kubernetes';
import { ByName } from '../kube/by-name';
import { addTo } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { LabelIndex, type Labelled } from '../kube/label-index';
import { isEmptySelector } from '../kube/label-selectors';
import { type PodContainer, podContainers } from '../kube/pod-containers';
import { selectedPods } from './selection';

type Labels = Readonly<Record<string, string>>;

/** A Service, and the pods that it sends traffic to. */
export interface ServiceObject extends InventoryObject, Labelled {
  /** Of the pods; undefined for a Service whose endpoints are made by others, and for an ExternalName. */
  readonly selector: Labels | undefined;
  readonly ports: readonly Partial<ServicePort>[];
  readonly pods: readonly PodObject[];
  /** Whether pods that are not ready get traffic too. */
  readonly unready: boolean;
}

/** The Services of each namespace, by label. */
export function services(inventory: Inventory): LabelIndex<ServiceObject> {
  return inventory.view(serviceIndex);
}

/** The Services of each pod template. */
export function servicesOfPods(inventory: Inventory): ReadonlyMap<PodObject, readonly ServiceObject[]> {
  return inventory.view(byPods);
}

/** The Services by name. */
export function servicesByName(inventory: Inventory): ByName<ServiceObject> {
  return inventory.view(byName);
}

/** Whether a container that stays declares a port of a name, as the endpoints controller looks for it. */
export function declaresPort(pod: PodObject, name: string, protocol = 'TCP'): boolean {
  return declaredPorts(pod).some((port) => port.name === name && (port.protocol ?? 'TCP') === protocol);
}

/** The ports of the containers that stay. */
export function declaredPorts(pod: PodObject): readonly ContainerPort[] {
  const containers = podContainers(pod);
  return containers.length === 1 ? portsOf(containers[0]!) : containers.flatMap(portsOf);
}

const portsOf = ({ role, container }: PodContainer): readonly ContainerPort[] =>
  (role === 'main' || role === 'sidecar' ? container.ports : undefined) ?? NO_PORTS;

const NO_PORTS: readonly ContainerPort[] = [];
const NONE: readonly never[] = [];

function serviceIndex(inventory: Inventory): LabelIndex<ServiceObject> {
  return new LabelIndex(
    inventory.ofKind('Service', '').map(({ manifest, origin, namespace, size, conforms, hasExpressions }) => {
      const { spec = {}, metadata } = manifest;
      const { selector, ports, type, publishNotReadyAddresses } = spec as {
        readonly selector?: Labels;
        readonly ports?: readonly Partial<ServicePort>[];
        readonly type?: string;
        readonly publishNotReadyAddresses?: boolean;
      };
      const isEmpty = selector === undefined || isEmptySelector({ matchLabels: selector });
      const selects = isEmpty || type === 'ExternalName' ? undefined : selector;
      // written out: with a spread the engine adds the other fields one by one
      return {
        manifest,
        origin,
        namespace,
        size,
        conforms,
        hasExpressions,
        labels: metadata.labels ?? {},
        selector: selects,
        ports: ports ?? NONE,
        pods: selects ? selectedPods(inventory, { matchLabels: selects }, namespace) : NONE,
        unready: publishNotReadyAddresses === true,
      };
    }),
  );
}

function byPods(inventory: Inventory): ReadonlyMap<PodObject, readonly ServiceObject[]> {
  const found = new Map<PodObject, ServiceObject[]>();
  for (const service of services(inventory).everywhere()) {
    for (const pod of service.pods) {
      addTo(found, pod, service);
    }
  }
  return found;
}

function byName(inventory: Inventory): ByName<ServiceObject> {
  const found = new ByName<ServiceObject>();
  for (const service of services(inventory).everywhere()) {
    found.set(service.namespace, `${service.manifest.metadata.name}`, service);
  }
  return found;
}
