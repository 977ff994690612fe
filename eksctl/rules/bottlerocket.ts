import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

const KUBERNETES = 'bottlerocket.settings.kubernetes';
/** Settings for which a node group has a field. */
const INSTEAD = { 'node-labels': 'labels', 'node-taints': 'taints', 'max-pods': 'maxPodsPerNode' } as const;
/** Settings that EKS sets on the nodes of a managed group. */
const FROM_EKS = ['cluster-certificate', 'api-server', 'cluster-name', 'cluster-dns-ip'];

/** The settings, unvalidated. */
const settingsOf = (group: UnvalidatedGroup): Readonly<Record<string, unknown>> =>
  (group.bottlerocket?.settings ?? {}) as Readonly<Record<string, unknown>>;

/** The settings for Kubernetes, if they are a map. */
function kubernetesOf({ group, family }: Subject): Readonly<Record<string, unknown>> {
  const { kubernetes } = settingsOf(group);
  return isBottlerocket(family) && isObject(kubernetes) ? kubernetes : {};
}

function notAMap({ group, family, error }: Subject): void {
  const settings = settingsOf(group);
  if (isBottlerocket(family) && Object.hasOwn(settings, 'kubernetes') && !isObject(settings.kubernetes)) {
    error(
      KUBERNETES,
      `must be a map, but is ${describe(settings.kubernetes)}`,
      "write a map, such as { 'pod-pids-limit': 1024 }",
    );
  }
}

function overlaps(subject: Subject, keys: readonly (keyof typeof INSTEAD)[]): void {
  for (const key of keys) {
    if (Object.hasOwn(kubernetesOf(subject), key)) {
      subject.error(
        `${KUBERNETES}.${key}`,
        `not allowed, as the node group has '${INSTEAD[key]}'`,
        `write '${INSTEAD[key]}' instead`,
      );
    }
  }
}

/** Bottlerocket nodes, which are configured by settings instead of commands. */
export const BOTTLEROCKET_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'N8', enforcedBy: 'eksctl', only: 'self-managed', title: "bottlerocket requires amiFamily 'Bottlerocket'" },
    ({ group, family, error }) => {
      if (isSet(group.bottlerocket) && !isBottlerocket(family)) {
        error(
          'bottlerocket',
          `requires amiFamily 'Bottlerocket', but amiFamily is ${describe(family || undefined)}`,
          "write amiFamily: 'Bottlerocket'",
        );
      }
    },
  ),
  groupRule(
    { id: 'N14', enforcedBy: 'eksctl', title: 'Bottlerocket has no bootstrap commands' },
    ({ group, family, error }) => {
      for (const field of ['preBootstrapCommands', 'overrideBootstrapCommand'] as const) {
        // eksctl refuses an empty list, too
        if (isBottlerocket(family) && isSet(group[field])) {
          error(field, `not supported by ${family}, which has no shell`, 'write bottlerocket.settings instead');
        }
      }
    },
  ),
  groupRule(
    { id: 'N15a', enforcedBy: 'eksctl', only: 'self-managed', title: 'bottlerocket.settings.kubernetes is a map' },
    notAMap,
  ),
  groupRule(
    {
      id: 'N15b',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'settings contain no node-labels, node-taints or max-pods',
    },
    (subject) => overlaps(subject, ['node-labels', 'node-taints', 'max-pods']),
  ),
  groupRule(
    {
      id: 'N15c',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'clusterDNS and the setting cluster-dns-ip are mutually exclusive',
    },
    (subject) => {
      if (isNonEmptyString(subject.group.clusterDNS) && Object.hasOwn(kubernetesOf(subject), 'cluster-dns-ip')) {
        subject.error(
          'clusterDNS',
          `cannot be combined with the setting 'cluster-dns-ip', but is ${describe(subject.group.clusterDNS)}`,
          'remove the setting',
        );
      }
    },
  ),
  groupRule(
    { id: 'C25a', enforcedBy: 'aws', only: 'managed', title: 'bottlerocket.settings.kubernetes is a map' },
    notAMap,
  ),
  groupRule(
    { id: 'C25b', enforcedBy: 'aws', only: 'managed', title: 'settings contain no node-labels or node-taints' },
    (subject) => overlaps(subject, ['node-labels', 'node-taints']),
  ),
  groupRule(
    { id: 'C25c', enforcedBy: 'aws', only: 'managed', title: 'settings contain none that EKS sets' },
    (subject) => {
      for (const key of FROM_EKS) {
        if (Object.hasOwn(kubernetesOf(subject), key)) {
          subject.error(`${KUBERNETES}.${key}`, 'not allowed, as EKS sets it on managed nodes', 'remove it');
        }
      }
    },
  ),
  groupRule(
    {
      id: 'C25d',
      enforcedBy: 'aws',
      only: 'managed',
      title: 'enableAdminContainer and its setting are mutually exclusive',
    },
    ({ group, family, error }) => {
      const hosts = settingsOf(group)['host-containers'];
      const admin = isObject(hosts) ? hosts.admin : undefined;
      const both =
        isObject(admin) && Object.hasOwn(admin, 'enabled') && isSet(group.bottlerocket?.enableAdminContainer);
      if (isBottlerocket(family) && both) {
        error(
          'bottlerocket.enableAdminContainer',
          "cannot be combined with the setting 'host-containers.admin.enabled'",
          'remove the setting',
        );
      }
    },
  ),
  groupRule(
    { id: 'X83', enforcedBy: 'aws', only: 'managed', title: 'bottlerocket has no effect with another amiFamily' },
    ({ group, family, warning }) => {
      if (isSet(group.bottlerocket) && !isBottlerocket(family)) {
        warning(
          'bottlerocket',
          `no effect with amiFamily ${describe(family || undefined)}`,
          "write amiFamily: 'Bottlerocket', or remove the settings",
        );
      }
    },
  ),
];
