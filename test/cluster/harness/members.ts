import type { V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import type { Cluster, EksApp, k8s } from 'cdk8s-eks-patterns';
import { IMAGE, newApp, newCluster, newTenant, stateful } from '../../support/app';
import type { PodEvent } from './audit';
import type { TestCluster } from './cluster';
import { eventually } from './eventually';
import type { Namespace } from './namespace';

const imageOf = (tag: string): string => IMAGE.replace(/[^:]*$/, tag);
/** Versions of the program; the tag tells the simulated kubelet what becomes of it. */
export const V1 = imageOf('1.4.2');
export const V2 = imageOf('1.5.0');
export const NEVER_READY = imageOf('1.5.0-unready');

const MEMBERS = 3;

export interface StoreProps {
  /** The namespace, one a test. */
  readonly tenant: string;
  /** What the test is about. */
  readonly props?: Readonly<Record<string, unknown>>;
  readonly edit?: (set: k8s.StatefulSet) => void;
  /** Whether the set keeps its seconds between two members, for which most tests need not wait. @default false */
  readonly patient?: boolean;
  /** @default newCluster */
  readonly cluster?: (app: EksApp) => Cluster;
}

/** A program with a stateful service 'store' of three members. Its next version is another call. */
export function storeApp({ tenant, props, edit, patient = false, cluster = newCluster }: StoreProps): EksApp {
  const app = newApp();
  const statefulSet = (set: k8s.StatefulSet): void => {
    if (!patient) {
      set.spec.minReadySeconds = 0;
    }
    edit?.(set);
  };
  const store = {
    image: V1,
    replicas: MEMBERS,
    port: { client: 7000, raft: 7001 },
    memberPorts: ['raft'],
    resources: { cpu: '50m', memory: '64Mi' },
    customize: { statefulSet },
  };
  stateful({ ...store, ...props }, newTenant({}, cluster(app), tenant));
  return app;
}

/** Applies a store, and waits until all its members are ready. */
export async function running(cluster: TestCluster, store: StoreProps): Promise<Running> {
  await cluster.apply(storeApp(store));
  const ns = cluster.namespace(store.tenant);
  const story = await Story.onceReady(ns, Number(store.props?.replicas ?? MEMBERS));
  return { ns, story, before: await ns.pods('store') };
}
export interface Running {
  readonly ns: Namespace;
  /** What happens to the members from now on. */
  readonly story: Story;
  readonly before: readonly V1Pod[];
}

/** Waits until the controller has seen the set as it is now, and its status fits. */
export function untilStatus(
  { kube }: TestCluster,
  namespace: string,
  what: string,
  fits: (status: NonNullable<V1StatefulSet['status']>) => boolean,
): Promise<true> {
  return eventually(what, async () => {
    const { metadata, status } = await kube.apps.readNamespacedStatefulSet({ name: 'store', namespace });
    return (status?.observedGeneration === metadata?.generation && fits(status!)) || undefined;
  });
}

/** What happens to the members, from the beginning or from a moment on. */
export class Story {
  constructor(
    private readonly ns: Namespace,
    private readonly from = 0,
  ) {}

  /** From when all members of a new set are ready. */
  static async onceReady(ns: Namespace, members: number): Promise<Story> {
    await ns.untilReady('store', members);
    await new Story(ns).untilLong(['ready'], members);
    return new Story(ns, ns.story('store').length);
  }

  lines(...what: readonly PodEvent['what'][]): string[] {
    const lines = this.ns.story('store').slice(this.from);
    return lines.filter((line) => what.some((word) => line.startsWith(`${word} `)));
  }

  /** The lines once there are as many: the log may be a moment behind what the API shows. */
  async untilLong(what: readonly PodEvent['what'][], count: number): Promise<string[]> {
    await eventually(`${count} times ${what.join(', ')} in the story`, async () => this.lines(...what).length >= count);
    return this.lines(...what);
  }
}

export const uidOf = ({ metadata }: V1Pod): string => metadata!.uid!;
export const programOf = ({ spec }: V1Pod): string => spec!.containers[0]!.image!;
