import type { KeyTable } from '../../kube/values';
import type { EnvSource } from '../config/env';
import type { FileContent } from '../config/files';
import type { Check } from '../core/check';
import type { Duration, Path } from '../core/values';
import type { PodReferences, StatefulSelf } from '../core/workload-info';
import type { Connectable } from '../network/targets';
import type { Placement } from '../pods/placement';
import type { Resources } from '../pods/resources';
import { BatchJob } from './batch-job';
import { InitContainer } from './containers/init-container';
import type { PodProps } from './pod-props';
import type { Workload } from './workload';

/**
 * What forms a cluster of members that are up, such as `valkey-cli --cluster create` or `rs.initiate()`: a BatchJob with image,
 * user, `env`, `files` and secrets of the set.
 */
export interface Bootstrap<S extends StatefulSelf<never> = StatefulSelf<never>> {
  /**
   * The entrypoint, run without a shell. It must be idempotent: the Job runs again with every change of its content, an update
   * of the image included, so ask first whether there is a cluster.
   */
  readonly command: readonly string[];
  /** Arguments of the entrypoint. Literals that look like secrets are refused. @default - none */
  readonly args?: readonly string[];
  /** Variables beside those of the set, over which they win. @default - none */
  readonly env?: Readonly<Record<string, EnvSource<S>>>;
  /** The image, if the tool is not in that of the set. @default - the image of the set */
  readonly image?: string;
  /** CPU and memory. @default - 100m CPU, 256Mi memory */
  readonly resources?: Resources;
  /** Time limit, attempts and the wait for members included. Whole seconds. @default - none: it waits for the members as long as it takes */
  readonly deadline?: Duration;
  /** Attempts after the first one fails, 0 or more. @default 3 */
  readonly retries?: number;
  /** What it calls beside the members, which it reaches on the ports of clients. @default - none */
  readonly connectsTo?: readonly Connectable[];
  /** An image with `sh` and `nc` for the wait. @default - as InitContainer.waitFor */
  readonly waitImage?: string;
}

const BOOTSTRAP: KeyTable<Bootstrap> = {
  command: 'texts',
  args: 'texts',
  env: 'map',
  image: 'text',
  resources: 'object',
  deadline: true,
  retries: true,
  connectsTo: 'list',
  waitImage: 'text',
};
const RESOURCES: Resources = { cpu: '100m', memory: '256Mi' };

/** A set, as its bootstrap Job sees it. */
export interface BootstrappedSet extends Workload, Connectable {
  readonly hosts: readonly string[];
  readonly port: number;
}

/** @param self what functions of the set get */
export function bootstrapJob(
  check: Check,
  set: BootstrappedSet,
  self: object,
  props: PodProps<never>,
  bootstrap: Bootstrap<never>,
): BatchJob {
  check.keys<Bootstrap>('bootstrap', bootstrap, BOOTSTRAP);
  if (bootstrap.command === undefined) {
    check.fail(
      'required',
      'bootstrap.command',
      'bootstrap.command is required: what forms the cluster',
      "write for example ['sh', '-c', '...']",
    );
  }
  const { waitImage, env, connectsTo = [], resources = RESOURCES, ...job } = bootstrap;
  return new BatchJob(set, `${set.name}-bootstrap`, {
    image: props.image,
    user: props.user,
    security: props.security,
    imagePullPolicy: props.imagePullPolicy,
    imagePullSecrets: props.imagePullSecrets,
    envFrom: props.envFrom,
    secretFiles: props.secretFiles,
    scratch: props.scratch,
    labels: props.labels,
    annotations: props.annotations,
    placement: placementOf(props.placement),
    priority: props.priority ?? 'standard',
    ...job,
    resources,
    env: boundAll(self, { ...props.env, ...env }),
    files: boundAll(self, props.files) as Readonly<Record<Path, FileContent>> | undefined,
    connectsTo: [set, ...connectsTo],
    initContainers: [InitContainer.waitForMembers(set, waitImage)],
  });
}

/** Nodes that the image runs on; the pod of the Job has no others to stay away from. */
function placementOf(placement: Placement | undefined): Placement | undefined {
  if (placement === undefined) {
    return undefined;
  }
  const { spread: _spread, podAffinity: _near, podAntiAffinity: _far, accelerator: _gpu, ...nodes } = placement;
  return nodes;
}

type References = Pick<PodReferences, 'podName' | 'podIp' | 'nodeName' | 'nodeIp'>;

/** Functions of the set's addresses; references to fields are those of the pod that reads them. */
function boundAll<T>(self: object, values: Readonly<Record<string, T>> | undefined) {
  if (values === undefined || typeof values !== 'object') {
    return values;
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (own: References) => (value as (self: object) => string)(withReferences(self, own))
        : value,
    ]),
  ) as Readonly<Record<string, EnvSource>>;
}

function withReferences(self: object, own: References): object {
  const get = (key: keyof References) => ({ get: () => own[key] });
  return Object.create(self, {
    podName: get('podName'),
    podIp: get('podIp'),
    nodeName: get('nodeName'),
    nodeIp: get('nodeIp'),
  }) as object;
}
