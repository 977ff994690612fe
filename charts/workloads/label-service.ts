import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { NAME_LABEL, selectorLabels } from '../../kube/labels';
import { isServiceName } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { ObjectMeta, Service } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { type PortModel, servicePorts } from '../core/ports';
import { type Connectable, type ConnectionTarget, podsOn, targetOf } from '../network/targets';
import { portsNamed, ServiceAddress } from './service-parts';

/** Props of a Service for some pods of a workload. P is the union of the names of its ports. */
export interface LabelServiceProps<P extends string = string> {
  /**
   * Labels that a pod needs besides those of the workload: { role: 'primary' }. The program sets them when it runs, as Patroni
   * does, for which it needs `apiAccess` to its pods; or they are 'statefulset.kubernetes.io/pod-name'.
   */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Names of the ports. @default - the ports of clients */
  readonly ports?: readonly P[];
}

/** The workload that a LabelService belongs to. */
interface LabelServiceOwner {
  readonly construct: Construct & { readonly name: string; readonly namespace: string; readonly ports: object };
  /** The ports of its clients. */
  readonly clientPorts: readonly [PortModel, ...PortModel[]];
  readonly metadata: (name: string) => ObjectMeta & { name: string };
}

const PROPS: KeyTable<LabelServiceProps> = { podLabels: 'map', ports: 'texts' };

/** A Service for the pods of a workload that have further labels, such as the primary of a database. Created by `addService`. */
export class LabelService<P extends string = never> extends Construct implements Connectable {
  readonly service: KubeObject<Service>;
  /** metadata.name: '<workload>-<id>'. */
  readonly name: string;
  /** DNS name of the Service. */
  readonly host: string;
  /** Number of the first port. */
  readonly port: number;
  /** Port numbers by name; empty when the workload has a single port. */
  readonly ports: Readonly<Record<P, number>>;
  /** host:port, with the first port. */
  readonly address: string;
  private readonly check: Check;
  private readonly chosen: readonly [PortModel, ...PortModel[]];
  private readonly addresses: ServiceAddress;

  /** @internal */
  constructor(
    private readonly owner: LabelServiceOwner,
    id: string,
    props: LabelServiceProps<P>,
  ) {
    const { construct } = owner;
    checkId(Check.of(construct), construct, id);
    super(construct, id);
    const check = Check.of(this);
    this.check = check;
    check.keys<LabelServiceProps>('props', (props ?? null) as LabelServiceProps, PROPS);
    checkLabels(check, props.podLabels);
    checkPorts(check, props.ports);
    const [first = owner.clientPorts[0], ...rest] = portsNamed(
      check,
      owner.clientPorts,
      props.ports ?? [],
      owner.clientPorts,
      'ports',
    );
    this.chosen = props.ports === undefined ? owner.clientPorts : [first, ...rest];
    const sole = Object.keys(construct.ports).length === 0;
    this.name = `${construct.name}-${id}`;
    this.addresses = new ServiceAddress(check, this.name, construct.namespace, this.chosen, sole);
    this.host = this.addresses.host;
    this.port = this.addresses.port;
    this.ports = this.addresses.ports;
    this.address = this.addresses.address;
    const metadata = { name: this.name, namespace: construct.namespace };
    const selector = { ...selectorLabels(construct.name), ...props.podLabels };
    this.service = new KubeObject<Service>(
      this,
      'Service',
      { apiVersion: 'v1', kind: 'Service', metadata } as Service,
      () => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: owner.metadata(this.name),
        spec: { type: 'ClusterIP', selector: { ...selector }, ports: servicePorts(this.chosen) },
      }),
    );
  }

  /** A URL of the Service: url('postgres') is 'postgres://host:port'. @param port name of a port @default - the first port */
  url(scheme: string, port?: P): string {
    return this.addresses.url(scheme, port);
  }

  /** A target for `connectsTo` with only these ports. */
  on(...ports: [P, ...P[]]): Connectable {
    return targetOf(this.owner.construct, portsNamed(this.check, this.chosen, ports));
  }

  /** All pods of the workload, since any of them may get the labels, on the ports of this Service. */
  toConnectionTarget(): ConnectionTarget {
    return podsOn(this.owner.construct, this.chosen);
  }
}

function checkId(check: Check, construct: LabelServiceOwner['construct'], id: string): void {
  const { name } = construct;
  if (typeof id !== 'string' || !isServiceName(id) || name.length + id.length > 62) {
    check.fail(
      'invalid',
      '',
      `the id of addService() must be lowercase letters, digits and '-', at most ${62 - name.length}, but is '${id}'`,
      "write for example 'primary'",
    );
  }
  if (id === 'headless' || construct.node.tryFindChild(id) !== undefined) {
    check.fail('duplicate', '', `the id of addService() must be free, but '${name}-${id}' exists`, 'choose another id');
  }
}

function checkPorts(check: Check, ports: unknown): void {
  if (ports !== undefined && (!Array.isArray(ports) || ports.length === 0)) {
    check.fail(
      Array.isArray(ports) ? 'invalid' : 'type',
      'ports',
      `ports must be a list of names of ports that is not empty, but is ${describe(ports)}`,
      'leave it out for all ports of clients',
    );
  }
}

function checkLabels(check: Check, podLabels: LabelServiceProps['podLabels'] | undefined): void {
  if (podLabels === undefined || typeof podLabels !== 'object' || Object.keys(podLabels ?? {}).length === 0) {
    check.fail(
      'required',
      'podLabels',
      'podLabels must have a label: without one the Service is that of all pods, which the workload has already',
      "write for example { role: 'primary' }",
    );
  }
  check.labels('podLabels', podLabels);
  if (podLabels[NAME_LABEL] !== undefined) {
    check.fail(
      'forbidden',
      `podLabels['${NAME_LABEL}']`,
      `podLabels must not have '${NAME_LABEL}', the label of the workload`,
      'leave it out',
    );
  }
}
