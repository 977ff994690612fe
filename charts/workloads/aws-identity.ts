import { ROLE_ANNOTATION } from '../../review/account-roles';
import type { Secret } from '../config/secret';
import { clusterOf } from '../core/cluster-context';
import { type IrsaAccount, irsaRole } from '../core/irsa';
import type { ObjectMeta } from '../core/k8s';
import { type AwsSite, isIrsa } from '../identity/aws-access';
import { irsaAccountOf } from '../identity/irsa';
import { ownContainers } from './containers/containers';
import type { PodModel } from './pod';

/** The secrets of a pod, whose driver fetches those of AWS. */
export function secretsOf({ content, containers, props }: PodModel): ReadonlySet<Secret> {
  const others = ownContainers(containers);
  if (others.length === 0 && props.secretFiles === undefined) {
    return content.env.secrets;
  }
  return new Set([
    ...[content, ...others.map((one) => one.content)].flatMap(({ env }) => [...env.secrets]),
    ...[props, ...others].flatMap(({ secretFiles }) => Object.values(secretFiles ?? {})),
  ]);
}

const nodesOf = ({ placement }: PodModel) => ({
  computeType: placement.computeType,
  isWindows: placement.os === 'windows',
});

/** What decides how the pods of a workload take their role. */
export function awsSite(pod: PodModel): AwsSite {
  return {
    ...nodesOf(pod),
    hasCluster: clusterOf(pod.construct) !== undefined,
    mountsSecrets: [...secretsOf(pod)].some((secret) => secret.mustBeMounted),
  };
}

/** The service account that takes a role by annotation; undefined with EKS Pod Identity. */
export function irsaAccount(pod: PodModel, namespace: string): IrsaAccount | undefined {
  const { aws } = pod.props;
  return aws !== undefined && isIrsa(aws, nodesOf(pod))
    ? irsaAccountOf({ path: pod.construct.node.path, namespace, name: pod.name }, aws)
    : undefined;
}

/** The metadata of the ServiceAccount, with the role that its pods take. */
export function withRole<T extends ObjectMeta>(metadata: T, pod: PodModel): T {
  const account = irsaAccount(pod, metadata.namespace ?? '');
  if (!account) {
    return metadata;
  }
  const { name = '', region = 'us-east-1' } = clusterOf(pod.construct)?.facts ?? {};
  const role = irsaRole(account, { name, region });
  return { ...metadata, annotations: { ...metadata.annotations, [ROLE_ANNOTATION]: role } };
}
