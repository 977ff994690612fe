import type { ClusterConfig, ManagedNodeGroup } from '../../eksctl/types';
import type { Manifest } from '../../kube/objects';
import { type CapacityInput, capacity } from '../../simulator/capacity';
import type { CapacityReport, StateCapacity } from '../../simulator/report';

type Loose = Readonly<Record<string, unknown>>;

/** Three m5.large, one in each zone, each with 1930m, 6903Mi and 29 pods. */
export const GROUP = { name: 'workers', instanceType: 'm5.large', minSize: 3, maxSize: 3 } satisfies ManagedNodeGroup;

export const configOf = (groups: readonly ManagedNodeGroup[], more: Loose = {}): ClusterConfig => ({
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2' },
  availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  managedNodeGroups: groups,
  ...more,
});

/** What a test says of the pods of a workload. */
export interface PodProps {
  /** @default 'web' */
  readonly name?: string;
  readonly namespace?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** Of the pod. */
  readonly spec?: Loose;
  /** Of the container. */
  readonly container?: Loose;
  /** Of the controller. */
  readonly controller?: Loose;
}

function workload(kind: string, apiVersion: string, props: PodProps): Manifest {
  const {
    name = 'web',
    namespace = 'shop',
    cpu = '100m',
    memory = '64Mi',
    replicas,
    labels,
    spec,
    container,
    controller,
  } = props;
  const own = { 'app.kubernetes.io/name': name, ...labels };
  const containers = [{ name, image: name, resources: { requests: { cpu, memory } }, ...container }];
  const template = { metadata: { labels: own }, spec: { containers, ...spec } };
  const selector = { matchLabels: { 'app.kubernetes.io/name': name } };
  return {
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: { ...(replicas === undefined ? {} : { replicas }), selector, template, ...controller },
  };
}

export const deployment = (props: PodProps = {}): Manifest => workload('Deployment', 'apps/v1', props);
export const daemonSet = (props: PodProps = {}): Manifest => workload('DaemonSet', 'apps/v1', props);
export const job = (props: PodProps = {}): Manifest => workload('Job', 'batch/v1', props);
export const statefulSet = ({ controller, ...props }: PodProps = {}): Manifest =>
  workload('StatefulSet', 'apps/v1', { ...props, controller: { volumeClaimTemplates: [CLAIM], ...controller } });
export const cronJob = (props: PodProps = {}): Manifest => {
  const { template } = workload('Job', 'batch/v1', props).spec!;
  const { name = 'web', namespace = 'shop', controller } = props;
  const spec = { schedule: '0 3 * * *', jobTemplate: { spec: { template } }, ...controller };
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, namespace }, spec };
};

export const CLAIM = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3', resources: { requests: { storage: '1Gi' } } },
};

/** Of replicas over zones, or another key. */
export const spread = (name = 'web', more: Loose = {}): Loose => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
      ...more,
    },
  ],
});

export function report(
  manifests: readonly Manifest[],
  groups: readonly ManagedNodeGroup[] = [GROUP],
  more: Partial<CapacityInput> = {},
): CapacityReport {
  return capacity({ cluster: 'prod', config: configOf(groups), manifests, releases: [], ...more });
}

/** The verdict on the state as applied with the desired number of nodes. */
export const applied = (...args: Parameters<typeof report>): StateCapacity =>
  report(...args).verdict('as applied', 'desired')!;

/** 'shop/web 1: cpu'. */
export const told = ({ unplaced }: StateCapacity): string[] =>
  unplaced.map(({ workload: name, pods, because }) => `${name} ${pods}: ${because.join(', ')}`);
