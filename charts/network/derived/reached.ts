import type { IConstruct } from 'constructs';
import type { Inventory } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { LabelIndex } from '../../../kube/label-index';
import { MEMBER_LABEL, NAME_LABEL } from '../../../kube/labels';
import { asList, type Loose } from '../../../kube/loose';
import { apiObjectsOf } from '../../core/app-objects';
import { AppSlot } from '../../core/app-state';
import type { NetworkPolicyPort } from '../../core/k8s';
import { type PortModel, servicePorts } from '../../core/ports';
import { samePort } from '../connections';
import { serviceOf } from '../expose/exposed-services';
import { type Endpoint, policyPorts } from '../targets';
import type { Call } from './calls';

/** A workload, as what calls its pods needs it. */
export interface DerivedTarget {
  readonly owner: Endpoint;
  /** Of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortModel[];
  readonly clientPorts: readonly PortModel[];
}

/** A workload behind a Service, and its ports that are called. */
export interface Named {
  readonly target: DerivedTarget;
  readonly ports: readonly NetworkPolicyPort[];
}

const targets = new AppSlot<Map<IConstruct, DerivedTarget>>('derived-targets', () => new Map());

/** The workloads of an app. */
export function targetsOf(construct: IConstruct): Map<IConstruct, DerivedTarget> {
  return targets.of(construct);
}

/** The workloads behind the Services of an app: those of patterns by their names, others by their selectors. */
export class ServiceTargets {
  private readonly written: ReadonlyMap<string, Loose>;
  private readonly own: ReadonlyMap<string, DerivedTarget>;
  private readonly byName: ReadonlyMap<string, DerivedTarget>;
  private readonly byLabels: LabelIndex<{ namespace: string; labels: DerivedTarget['labels']; target: DerivedTarget }>;

  constructor(root: IConstruct, inventory: Inventory) {
    const all = [...targetsOf(root).values()];
    this.written = new Map(
      inventory
        .ofKind('Service', '')
        .map(({ namespace, manifest }) => [`${namespace}/${manifest.metadata.name}`, manifest.spec ?? {}]),
    );
    this.own = new Map(
      apiObjectsOf(root).flatMap((object) => {
        const isService = object.kind === 'Service' && groupOf(object.apiVersion) === '';
        const target = isService ? ownerOf(object) : undefined;
        return target
          ? [[`${object.metadata.namespace ?? target.owner.namespace}/${object.name}`, target] as const]
          : [];
      }),
    );
    this.byName = new Map(all.map((target) => [`${target.owner.namespace}/${target.owner.name}`, target]));
    this.byLabels = new LabelIndex(
      all.map((target) => ({ namespace: target.owner.namespace, labels: target.labels, target })),
    );
  }

  /** The workloads behind the Service of a call, with the ports that it names. */
  named(call: Call): readonly Named[] {
    const key = `${call.namespace}/${call.service}`;
    const written = this.written.get(key);
    if (written) {
      return this.selected(call.namespace, written.selector).map((target) => ({
        target,
        ports: portsOf(call, target, asList(written.ports)),
      }));
    }
    const target = this.own.get(key);
    return target ? [{ target, ports: portsOf(call, target, undefined) }] : [];
  }

  private selected(namespace: string, selector: unknown): readonly DerivedTarget[] {
    const labels = Object.entries((selector ?? {}) as Readonly<Record<string, string>>);
    const of = (label: string) => labels.find(([key]) => key === label)?.[1];
    // a Service for one member of a set
    const name = of(NAME_LABEL) ?? of(MEMBER_LABEL)?.replace(/-\d+$/, '');
    if (name === undefined) {
      return labels.length === 0
        ? []
        : [...this.byLabels.selectedBy({ matchLabels: Object.fromEntries(labels) }, namespace)].map(
            (one) => one.target,
          );
    }
    const target = this.byName.get(`${namespace}/${name}`);
    // a program may add further labels to its pods
    const fits = labels.every(([key, value]) => [undefined, value].includes(target?.labels[key]));
    return target && fits ? [target] : [];
  }
}

function ownerOf(object: IConstruct): DerivedTarget | undefined {
  const all = targetsOf(object);
  const owner = [...object.node.scopes].reverse().find((scope) => all.has(scope));
  return owner && all.get(owner);
}

/** The ports of the pods that a call goes to: those of a Service as it is written, or as the pattern makes it. */
function portsOf(call: Call, target: DerivedTarget, written: readonly Loose[] | undefined): NetworkPolicyPort[] {
  const service = written ?? servicePorts(target.ports).map((one): Loose => ({ ...one }));
  const named = (wanted: number | string): NetworkPolicyPort[] =>
    service.filter(({ name, port }) => name === wanted || port === wanted).flatMap((one) => podPort(target, one));
  const traffic =
    call.port !== undefined
      ? named(call.port)
      : written
        ? written.flatMap((one) => podPort(target, one))
        : policyPorts(target.clientPorts);
  // a port that the Service does not have is a finding
  return traffic.length === 0 ? [] : distinct([...traffic, ...healthPort(call, target, named)]);
}

function podPort({ ports }: DerivedTarget, { port, targetPort = port, protocol = 'TCP' }: Loose): NetworkPolicyPort[] {
  const isNumber = typeof targetPort === 'number' || /^\d+$/.test(String(targetPort));
  const number = isNumber ? Number(targetPort) : ports.find(({ name }) => name === targetPort)?.port;
  return number === undefined ? [] : [{ port: number, protocol: protocol as NetworkPolicyPort['protocol'] }];
}

function healthPort(
  { health }: Call,
  { owner }: DerivedTarget,
  named: (port: string) => NetworkPolicyPort[],
): NetworkPolicyPort[] {
  const probe = serviceOf(owner.construct)?.readiness;
  const port = health === 'readiness' ? (probe?.httpGet?.port ?? probe?.grpc?.port) : health;
  return port === undefined || port === 'traffic-port'
    ? []
    : /^\d+$/.test(String(port))
      ? [{ port: Number(port), protocol: 'TCP' }]
      : named(String(port));
}

function distinct(ports: readonly NetworkPolicyPort[]): NetworkPolicyPort[] {
  return ports.filter((port, i) => ports.findIndex((other) => samePort(other, port)) === i);
}
