import type * as plus from 'cdk8s-plus-28';
import type { KeyTable } from '../../kube/values';
import type { Config } from '../config/config';
import type { EnvSource } from '../config/env';
import type { FileContent } from '../config/files';
import type { Secret } from '../config/secret';
import type { Container, PolicyRule } from '../core/k8s';
import type { Requirement } from '../core/requirements';
import type { PodSelf } from '../core/self';
import type { Path } from '../core/values';
import type { AwsAccess } from '../identity/aws-access';
import type { Connectable } from '../network/targets';
import { keysOf, POD_DEFAULT_CHECKS, type PodDefaults } from '../pods/defaults';
import type { RawVolume, Scratch } from '../pods/scratch';

/** What all six patterns share; S is what files and variables may know of the workload. */
export interface PodProps<S extends PodSelf = PodSelf> extends PodDefaults {
  /** With a tag other than 'latest', or a digest: 'rabbitmq:3.13-management'. */
  readonly image: string;
  /** No shell. @default - the image's ENTRYPOINT */
  readonly command?: readonly string[];
  /** @default - the image's CMD */
  readonly args?: readonly string[];
  /** Shared configuration, every key a variable; own variables win. @default - none */
  readonly envFrom?: readonly Config[];
  /**
   * Environment variables. What is known at synthesis becomes an immutable ConfigMap with a content hash in its name, so
   * that a change rolls the pods. A literal that looks like a secret is refused. @default - none
   */
  readonly env?: Readonly<Record<string, EnvSource<S>>>;
  /** Read-only files by path; other files of the same folder stay. @default - none */
  readonly files?: Readonly<Record<Path, FileContent<S>>>;
  /** Secrets by folder: every key a file. (`Secret.file(key)` mounts at '/run/secrets/<id>'.) @default - none */
  readonly secretFiles?: Readonly<Record<Path, Secret>>;
  /** Writable folders; give '/tmp' too if the program wants it. @default ['/tmp'] */
  readonly scratch?: readonly (Path | Scratch)[];
  /** Raw volumes. @default - none */
  readonly volumes?: readonly RawVolume[];
  /** Raw containers that start first and stay (native sidecars, KEP-753). @default - none */
  readonly sidecars?: readonly Container[];
  /** Raw containers that run first, in order. @default - none */
  readonly initContainers?: readonly Container[];
  /** Whom this workload calls. @default - nobody: only DNS is open */
  readonly connectsTo?: readonly Connectable[];
  /** Who may call it from outside this app; inside, the caller declares it. @default - nobody */
  readonly acceptsFrom?: readonly plus.INetworkPolicyPeer[];
  /** @default - none */
  readonly aws?: AwsAccess;
  /** Rules in the Kubernetes API of its own namespace; mounts the token. @default - none, no token */
  readonly apiAccess?: readonly PolicyRule[];
  /** What it needs of the cluster besides what the library sees. @default - none */
  readonly requires?: readonly Requirement[];
}

/** The keys of PodProps, to be spread into the tables of the patterns. */
export const POD_PROPS: KeyTable<PodProps> = {
  ...keysOf(POD_DEFAULT_CHECKS),
  image: true,
  command: true,
  args: true,
  envFrom: true,
  env: true,
  files: true,
  secretFiles: true,
  scratch: true,
  volumes: true,
  sidecars: true,
  initContainers: true,
  connectsTo: true,
  acceptsFrom: true,
  aws: true,
  apiAccess: true,
  requires: true,
};
