import type { KeyTable } from '../../kube/values';
import type { ImagePullPolicy } from './image';
import type { Placement } from './placement';
import type { Priority } from './priority';
import type { Resources } from './resources';
import type { Security } from './security';
import type { Shutdown } from './shutdown';
import type { User } from './user';

/** What an app or a tenant can set for the workloads below. The nearest wins as a whole; only labels and annotations merge by key. */
export interface PodDefaults {
  /** Numeric uid (and gid) of the image, or 'image' when its USER is numeric. @default - asked for */
  readonly user?: User;
  /** @default - asked for */
  readonly resources?: Resources;
  /** @default - restricted, read-only root */
  readonly security?: Security;
  /** @default - soft spread; zones required for stateful services */
  readonly placement?: Placement;
  /** @default - see Shutdown */
  readonly shutdown?: Shutdown;
  /** @default - with a Cluster: 'standard' for services and workers, 'batch' for jobs, 'agent' for node agents; else none */
  readonly priority?: Priority;
  /** @default - 'Always' for a tag, which can move; 'IfNotPresent' for a digest */
  readonly imagePullPolicy?: ImagePullPolicy;
  /** Of objects and pods; never in a selector. Merged by key. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of objects and pods. Merged by key. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The keys of PodDefaults, to be spread into the tables of what extends it. */
export const POD_DEFAULTS: KeyTable<PodDefaults> = {
  user: true,
  resources: true,
  security: true,
  placement: true,
  shutdown: true,
  priority: true,
  imagePullPolicy: true,
  labels: true,
  annotations: true,
};
