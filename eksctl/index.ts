/** eksctl's ClusterConfig: types, reader and rules; loads neither cdk8s nor constructs. */

export type { ObjectReference, Severity } from '../kube/finding';
export type { Finding } from './finding';
export { ClusterConfig } from './schema/cluster-config';
export { ConfigError } from './schema/config-error';
export type * from './types';
