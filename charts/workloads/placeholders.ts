import { Construct } from 'constructs';
import { MANAGED_BY, selectorLabels, standardLabels } from '../../kube/labels';
import { isServiceName } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { Deployment, PriorityClass } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { tenants } from '../core/tenant-context';
import type { Customize } from '../core/values';
import { nodeSelector } from '../pods/node-labels';
import { checkPlacement, onTenantNodes, type Placement } from '../pods/placement';
import { checkResources, type Resources, renderResources } from '../pods/resources';
import { containerSecurityContext, podSecurityContext } from '../pods/security';
import { spreadConstraints } from '../pods/spread';
import { tolerations } from '../pods/tolerations';
import { resolveUser } from '../pods/user';

/** Props of Placeholders. */
export interface PlaceholdersProps {
  /** How many pods the room is divided into, 1 or more. One for each node or zone that a burst begins on. */
  readonly count: number;
  /** The room of one pod: as much as the largest pod that should start at once, { cpu: '1', memory: '2Gi' }. */
  readonly resources: Pick<Resources, 'cpu' | 'memory'>;
  /** The nodes that have the room. @default - those of the tenant, spread over zones and nodes */
  readonly placement?: Placement;
  /**
   * An image that does nothing, with a version; a mirror of it where nodes cannot reach registry.k8s.io.
   *
   * @default 'registry.k8s.io/pause:3.10.1' - what the kubelet begins every pod with
   */
  readonly image?: string;
  /** Edits of the finished objects. @default - none */
  readonly customize?: Customize<PlaceholdersObjects>;
}

/** Objects of Placeholders, by their name in `customize`. */
export interface PlaceholdersObjects {
  deployment: Deployment;
  priorityClass: PriorityClass;
}

const KEYS: KeyTable<PlaceholdersProps> = {
  count: true,
  resources: 'object',
  placement: 'object',
  image: 'text',
  customize: 'object',
};
const IMAGE = 'registry.k8s.io/pause:3.10.1';
/** Any will do: the image needs no files. */
const USER = 65534;
/** Below every other pod. Lower still, and the Cluster Autoscaler would make no node for them. */
const PRIORITY = -10;

/**
 * Room that is kept free for what starts next: pods that do nothing and give way to every other. When they have to, they wait, and
 * so ask the node autoscaler for the next node, while the pod that took their room runs already. Only useful where nodes are made
 * by need. The id is the name of the Deployment, and with the namespace of its PriorityClass.
 *
 * @example
 * new Placeholders(shop, 'room', { count: 2, resources: { cpu: '1', memory: '2Gi' } });
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
 */
export class Placeholders extends Construct {
  /** The pods. */
  readonly deployment: KubeObject<Deployment>;
  /** Their priority, below that of every other pod; they displace none. */
  readonly priorityClass: KubeObject<PriorityClass>;

  constructor(scope: Construct, id: string, props: PlaceholdersProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<PlaceholdersProps>('props', props ?? null, KEYS);
    if (!isServiceName(id) || id.length > 52) {
      check.fail(
        'invalid',
        '',
        `the id must be at most 52 lowercase letters, digits and '-', and begin with a letter, but is '${id}'`,
        'choose another id',
      );
    }
    check.integer('count', props.count, 1);
    const { cpu, memory } = checkResources(check, props.resources);
    const image = props.image === undefined ? IMAGE : check.text('image', props.image);
    if (props.placement !== undefined) {
      checkPlacement(check, props.placement);
    }
    const namespace = namespaceOf(this, check);
    const priorityClass = `${namespace}-${id}`;
    this.priorityClass = new KubeObject<PriorityClass>(this, 'PriorityClass', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: priorityClass, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
      value: PRIORITY,
      description: 'Pods that do nothing and give way to every other.',
      globalDefault: false,
      preemptionPolicy: 'Never',
    });
    const resources = renderResources(check, { cpu, memory, cpuLimit: cpu });
    this.deployment = this.pods({ id, namespace, priorityClass, image, resources, props });
    const { deployment } = this;
    applyCustomize(check, props.customize, { deployment, priorityClass: this.priorityClass });
  }

  private pods(parts: Parts): KubeObject<Deployment> {
    const { id, namespace, priorityClass, image, resources, props } = parts;
    const tenant = tenants.nearest(this);
    const user = resolveUser(Check.of(this), USER);
    const labels = standardLabels({
      name: id,
      component: 'placeholders',
      partOf: namespace,
      ...(tenant ? { owner: tenant.owner } : {}),
    });
    const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: id, namespace } } as const;
    return new KubeObject<Deployment>(this, 'Deployment', head as unknown as Deployment, () => {
      const cluster = clusterOf(this);
      const placement = onTenantNodes(props.placement ?? {}, tenant?.nodes, false);
      const spread = spreadConstraints(id, { spread: placement.spread ?? 'soft', revision: undefined });
      return {
        ...head,
        metadata: { ...head.metadata, labels: { ...labels } },
        spec: {
          replicas: props.count,
          selector: { matchLabels: selectorLabels(id) },
          // the old ones first: there need be no room for both
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } },
          template: {
            metadata: { labels: { ...labels } },
            spec: {
              automountServiceAccountToken: false,
              containers: [
                {
                  name: 'pause',
                  image,
                  imagePullPolicy: 'IfNotPresent',
                  resources,
                  securityContext: containerSecurityContext({}, user),
                },
              ],
              enableServiceLinks: false,
              nodeSelector: nodeSelector(placement, cluster),
              priorityClassName: priorityClass,
              securityContext: podSecurityContext(user),
              // there is nothing to end
              terminationGracePeriodSeconds: 0,
              tolerations: tolerations(placement, false, cluster),
              topologySpreadConstraints: spread.length > 0 ? spread : undefined,
            },
          },
        },
      } as unknown as Deployment;
    });
  }
}

interface Parts {
  readonly id: string;
  readonly namespace: string;
  readonly priorityClass: string;
  readonly image: string;
  readonly resources: ReturnType<typeof renderResources>;
  readonly props: PlaceholdersProps;
}
