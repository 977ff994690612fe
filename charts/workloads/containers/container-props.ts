import { isObject } from '../../../kube/loose';
import type { KeyTable } from '../../../kube/values';
import type { EnvSource } from '../../config/env';
import type { EnvFrom } from '../../config/env-from';
import type { FileContent } from '../../config/files';
import type { Secret } from '../../config/secret';
import type { MainPort, Ports } from '../../core/ports';
import type { Path } from '../../core/values';
import type { PodSelf } from '../../core/workload-info';
import type { ImagePullPolicy } from '../../pods/image';
import type { Command, ContainerShutdown } from '../../pods/lifecycle';
import type { Probe } from '../../pods/probe';
import type { Resources } from '../../pods/resources';
import type { Scratch } from '../../pods/scratch';
import type { Security } from '../../pods/security';
import type { User } from '../../pods/user';

/** A volume of the workload at another place than in the workload's own container. */
export interface ContainerStorage {
  /** Name of a volume of `storage`, `sharedStorage`, `mounts` or `volumes`: 'data', or the id of a SharedVolume. */
  readonly name: string;
  /** Absolute path in this container. @default - the path in the workload's own container */
  readonly mountPath?: Path;
  /** Mounts it read-only. @default - as in the workload's own container */
  readonly readOnly?: boolean;
}

/**
 * A container beside the workload's own. A field that is left out has the default of the workload, not its value, unless
 * `like` is set.
 */
export interface ContainerParts<S extends PodSelf = PodSelf> {
  /** The name: at most 40 lowercase letters, digits and '-'. */
  readonly name: string;
  /** The image, with a tag or digest. Required without `like`. */
  readonly image?: string;
  /**
   * 'main' takes over image, `env`, `envFrom`, `files`, `secretFiles`, user, `scratch` and `security` of the workload, for
   * what is the same program with another command, such as a migration. Fields beside it win; `env` is merged by name.
   *
   * @default - nothing is taken over
   */
  readonly like?: 'main';
  /** The entrypoint, run without a shell. @default - the ENTRYPOINT of the image */
  readonly command?: readonly string[];
  /** Arguments of the entrypoint. Literals that look like secrets are refused. @default - the CMD of the image */
  readonly args?: readonly string[];
  /** Shared configuration: every key becomes a variable, or those of `config.only(...)`. @default - none */
  readonly envFrom?: readonly EnvFrom[];
  /** Variables by name, as `env` of the workload. Literals are written to the pod. @default - none */
  readonly env?: Readonly<Record<string, EnvSource<S>>>;
  /** Read-only files: contents by absolute path. @default - none */
  readonly files?: Readonly<Record<Path, FileContent<S>>>;
  /** Secrets by folder: every key becomes a file. @default - none */
  readonly secretFiles?: Readonly<Record<Path, Secret>>;
  /** Writable, empty folders of this container alone. `shared` of the workload makes those of several. @default ['/tmp'] */
  readonly scratch?: readonly (Path | Scratch)[];
  /**
   * Volumes of the workload that this container mounts, by name. They have the path and the folder (subPath) of the
   * workload's own container; a raw `volumeMounts` without the folder would see the root of the volume.
   *
   * @default - none
   */
  readonly storage?: readonly (string | ContainerStorage)[];
  /** CPU and memory. @default - those of the defaults of the tenant or app; without them 100m CPU, 256Mi memory and 1Gi disk */
  readonly resources?: Resources;
  /**
   * The user that it runs as. 'image' is refused where the workload has a numeric user, which the pod gives to all
   * containers.
   *
   * @default - the user of the workload
   */
  readonly user?: User;
  /** Exceptions from the hardening, each with its reason. @default - none: those of the workload's own container do not count here */
  readonly security?: Security;
  /** When the kubelet pulls the image. @default - as for the workload */
  readonly imagePullPolicy?: ImagePullPolicy;
}

/** A container that runs to its end before the workload's own container starts. */
export interface InitContainerProps<S extends PodSelf = PodSelf> extends ContainerParts<S> {}

/** Probes of a sidecar. */
export interface SidecarProbes<P extends string = never> {
  /** When it fails, the sidecar is restarted. @default - none */
  readonly liveness?: Probe<P | MainPort>;
  /** While it fails, the pod receives no traffic. @default - none */
  readonly readiness?: Probe<P | MainPort>;
  /**
   * Containers after the sidecar start with its first success.
   *
   * @default - the liveness probe, with up to 5 min to succeed; without one they start with the process of the sidecar
   */
  readonly startup?: Probe<P | MainPort>;
}

/**
 * A container that starts before the workload's own container and runs beside it (a native sidecar): a proxy, an exporter.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export interface SidecarProps<P extends string = string, S extends PodSelf = PodSelf> extends ContainerParts<S> {
  /**
   * The ports it listens on: one number, which gets the name of the container, or ports by name. They are ports of the
   * workload too: of its Service and policies, for `expose`, `metrics` and `on()`. A workload without a Service has them for
   * probes and `metrics` alone.
   *
   * @default - none
   */
  readonly port?: Ports<P>;
  /** When it is ready and when it is restarted. A probe without a port asks its first port. @default - none */
  readonly probes?: SidecarProbes<NoInfer<P>>;
  /** Runs when it has started; it is not ready before the command ends. @default - none */
  readonly postStart?: Command;
  /** How it stops. Sidecars get SIGTERM after the workload's own container has ended. @default - SIGTERM at once */
  readonly shutdown?: ContainerShutdown;
  /**
   * Names of `initContainers` that run to their end before this sidecar starts, such as one that writes its configuration.
   *
   * @default - none: sidecars start before all init containers
   */
  readonly waitsFor?: readonly string[];
}

export const INIT_CONTAINER: KeyTable<InitContainerProps> = {
  name: 'text',
  image: 'text',
  like: true,
  command: 'texts',
  args: 'texts',
  envFrom: 'list',
  env: 'map',
  files: 'map',
  secretFiles: 'map',
  scratch: 'list',
  storage: 'list',
  resources: 'object',
  user: true,
  security: 'object',
  imagePullPolicy: true,
};
export const SIDECAR: KeyTable<SidecarProps> = {
  ...INIT_CONTAINER,
  port: true,
  probes: 'object',
  postStart: 'texts',
  shutdown: 'object',
  waitsFor: 'texts',
};

/** Keys that a container of Kubernetes does not have. */
const OWN_KEYS = [
  'like',
  'files',
  'secretFiles',
  'scratch',
  'storage',
  'user',
  'security',
  'port',
  'probes',
  'postStart',
  'shutdown',
  'waitsFor',
];

/**
 * The key by which a container is one of this library; undefined for one of Kubernetes. `env` by name and `resources`
 * with `cpu` and `memory` are ours, and what both would understand alike is of Kubernetes.
 */
export function ownKeyOf(container: object): string | undefined {
  const { env, envFrom, resources } = container as Readonly<Record<string, unknown>>;
  return (
    OWN_KEYS.find((key) => key in container) ??
    (isObject(env) ? 'env' : undefined) ??
    (isObject(resources) && ('cpu' in resources || 'memory' in resources) ? 'resources' : undefined) ??
    (Array.isArray(envFrom) && envFrom.some((one) => isObject(one) && ('configMap' in one || 'config' in one))
      ? 'envFrom'
      : undefined)
  );
}
