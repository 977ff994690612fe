import type { ClusterConfig } from '../../../../../eksctl';

/** A change of a cluster. */
export interface Case {
  readonly name: string;
  /** What differs from `BASE` before; undefined takes a section away. */
  readonly old?: Patch;
  /** The same after. */
  readonly new?: Patch;
}

type Patch = { readonly [K in keyof ClusterConfig]?: ClusterConfig[K] | undefined };

export const REGION = 'us-west-2';
export const ROLE = 'arn:aws:iam::111122223333:role/one';
export const OTHER_ROLE = 'arn:aws:iam::111122223333:role/other';
export const POLICY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';

/** A cluster that eksctl takes, with one node group. */
export const BASE: ClusterConfig = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: REGION, version: '1.34' },
  autoModeConfig: { enabled: false },
  managedNodeGroups: [{ name: 'web', instanceType: 'm7i.large', minSize: 2, maxSize: 6 }],
};

export const configOf = (patch: Patch = {}): ClusterConfig => ({ ...BASE, ...patch }) as ClusterConfig;
