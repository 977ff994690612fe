import { Construct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../kube/names';
import type { KeyTable, Quantity } from '../../kube/values';
import { Check } from '../core/check';
import { applyCustomize } from '../core/customize';
import type { RuntimeClass as Manifest, Toleration } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import type { Customize } from '../core/values';
import type { Placement } from './placement';

/** Props of a RuntimeClass. */
export interface RuntimeClassProps {
  /** What containerd on the nodes calls the runtime: 'runsc', 'kata'. At most 63 lowercase letters, digits and '-'. */
  readonly handler: string;
  /** What a pod of it takes beside its containers. It counts in the quota and on the node. @default - nothing */
  readonly overhead?: {
    /** '50m'. @default - nothing */
    readonly cpu?: Quantity;
    /** '64Mi'. @default - nothing */
    readonly memory?: Quantity;
  };
  /** Labels of the nodes that have the runtime. @default - every node has it */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** Taints of these nodes that its pods tolerate, as in a Kubernetes manifest. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** Edits of the finished object. What pods say of it is made of the props. @default - none */
  readonly customize?: Customize<{ runtimeClass: Manifest }>;
}

const KEYS: KeyTable<RuntimeClassProps> = {
  handler: 'text',
  overhead: 'object',
  nodeLabels: 'map',
  tolerations: 'list',
  customize: 'object',
};
const OVERHEAD: KeyTable<NonNullable<RuntimeClassProps['overhead']>> = { cpu: 'text', memory: 'text' };

/**
 * A way to run containers beside that of the nodes, such as a sandbox with a kernel of its own, for the prop `runtimeClass` of
 * workloads. The id is its name. The runtime is installed on the nodes elsewhere: by the image of a node group, or its user data.
 *
 * @example
 * const gvisor = new RuntimeClass(cluster, 'gvisor', { handler: 'runsc', nodeLabels: { sandbox: 'gvisor' } });
 * new WebService(shop, 'web', { runtimeClass: gvisor, ... });
 * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
 */
export class RuntimeClass extends Construct {
  /** metadata.name, which is the construct id. */
  readonly name: string;
  /** The RuntimeClass object. */
  readonly runtimeClass: KubeObject<Manifest>;
  /** What its pods take beside their containers. @internal */
  readonly overhead: Readonly<Record<string, string>> | undefined;
  /** @internal */
  readonly nodes: Pick<Placement, 'nodeLabels' | 'tolerations'>;

  constructor(scope: Construct, id: string, props: RuntimeClassProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<RuntimeClassProps>('props', props ?? null, KEYS);
    checkName(check, '', id);
    const { handler, nodeLabels, tolerations } = props;
    if (!isDnsLabel(check.text('handler', handler))) {
      check.fail(
        'invalid',
        'handler',
        `handler must be at most 63 lowercase letters, digits and '-', but is ${describe(handler)}`,
        "write the name in the configuration of containerd, such as 'runsc'",
      );
    }
    check.keys('overhead', props.overhead, OVERHEAD);
    for (const [name, amount] of Object.entries(props.overhead ?? {})) {
      check.quantity(`overhead.${name}`, amount, name === 'cpu' ? '50m' : '64Mi');
    }
    check.labels('nodeLabels', nodeLabels);
    this.name = id;
    this.overhead = props.overhead && { ...props.overhead };
    this.nodes = { ...(nodeLabels ? { nodeLabels } : {}), ...(tolerations ? { tolerations } : {}) };
    const scheduling = {
      ...(nodeLabels ? { nodeSelector: { ...nodeLabels } } : {}),
      ...(tolerations ? { tolerations: tolerations.map(copyPlain) } : {}),
    };
    this.runtimeClass = new KubeObject<Manifest>(this, 'RuntimeClass', {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: id, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
      handler,
      ...(this.overhead ? { overhead: { podFixed: { ...this.overhead } } } : {}),
      ...(Object.keys(scheduling).length > 0 ? { scheduling } : {}),
    });
    applyCustomize(check, props.customize, { runtimeClass: this.runtimeClass });
  }
}

function checkName(check: Check, field: string, name: string): void {
  if (!isSubdomain(name)) {
    check.fail(
      'invalid',
      field,
      `${field === '' ? 'the id' : field} must be the name of a RuntimeClass: lowercase letters, digits, '-' and '.', but is '${name}'`,
      "write for example 'gvisor'",
    );
  }
}

export function checkRuntimeClass(check: Check, given: RuntimeClass | string, field = 'runtimeClass'): void {
  if (typeof given === 'string') {
    checkName(check, field, check.text(field, given));
  } else if (!(given instanceof RuntimeClass)) {
    check.fail(
      'type',
      field,
      `${field} must be a RuntimeClass or the name of one, but is ${describe(given)}`,
      "write new RuntimeClass(cluster, 'gvisor', { handler: 'runsc' })",
    );
  }
}

/** A placement on nodes that have the runtime. The API server adds the same; here the review and the capacity see it. */
export function onRuntimeNodes(placement: Placement, given: RuntimeClass | string | undefined): Placement {
  if (typeof given !== 'object') {
    return placement;
  }
  const { nodeLabels, tolerations } = given.nodes;
  return {
    ...placement,
    ...(nodeLabels ? { nodeLabels: { ...nodeLabels, ...placement.nodeLabels } } : {}),
    ...(tolerations ? { tolerations: [...(placement.tolerations ?? []), ...tolerations] } : {}),
  };
}

/** The fields of a pod. */
export function runtimeFields(given: RuntimeClass | string | undefined) {
  if (given === undefined) {
    return {};
  }
  return typeof given === 'string'
    ? { runtimeClassName: given }
    : { runtimeClassName: given.name, ...(given.overhead ? { overhead: { ...given.overhead } } : {}) };
}
