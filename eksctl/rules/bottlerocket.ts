import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

const KUBERNETES = 'bottlerocket.settings.kubernetes';
/** Settings for which a group has a property. */
const INSTEAD = { 'node-labels': 'labels', 'node-taints': 'taints', 'max-pods': 'maxPodsPerNode' } as const;
/** Settings that EKS writes into the nodes of a managed group. */
const FROM_EKS = ['cluster-certificate', 'api-server', 'cluster-name', 'cluster-dns-ip'];

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings as written. */
const settingsOf = (group: UnvalidatedGroup): Readonly<Record<string, unknown>> =>
  (group.bottlerocket?.settings ?? {}) as Readonly<Record<string, unknown>>;

/** Those for Kubernetes, when they are a map. */
function kubernetesOf({ group, family }: Subject): Readonly<Record<string, unknown>> {
  const { kubernetes } = settingsOf(group);
  return isBottlerocket(family) && isMap(kubernetes) ? kubernetes : {};
}

function notAMap({ group, family, error }: Subject): void {
  const settings = settingsOf(group);
  if (isBottlerocket(family) && Object.hasOwn(settings, 'kubernetes') && !isMap(settings.kubernetes)) {
    error(KUBERNETES, `it is ${describe(settings.kubernetes)}`, "write a map, such as { 'pod-pids-limit': 1024 }");
  }
}

function overlaps(subject: Subject, keys: readonly (keyof typeof INSTEAD)[]): void {
  for (const key of keys) {
    if (Object.hasOwn(kubernetesOf(subject), key)) {
      subject.error(`${KUBERNETES}.${key}`, `the group has a property for ${key}`, `write ${INSTEAD[key]} instead`);
    }
  }
}

/** Bottlerocket nodes, which are set up by settings in place of commands. */
export const BOTTLEROCKET_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'N8', enforcedBy: 'eksctl', only: 'self-managed', title: 'bottlerocket only in a Bottlerocket group' },
    ({ group, family, error }) => {
      if (isSet(group.bottlerocket) && !isBottlerocket(family)) {
        error('bottlerocket', `amiFamily is ${describe(family || undefined)}`, "write amiFamily: 'Bottlerocket'");
      }
    },
  ),
  groupRule(
    { id: 'N14', enforcedBy: 'eksctl', title: 'no bootstrap commands on Bottlerocket' },
    ({ group, family, error }) => {
      for (const field of ['preBootstrapCommands', 'overrideBootstrapCommand'] as const) {
        // an empty list counts as one
        if (isBottlerocket(family) && isSet(group[field])) {
          error(field, `${family} has no shell to run commands in`, 'leave it out, and write bottlerocket.settings');
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
      title: 'no node-labels, node-taints, max-pods among the settings',
    },
    (subject) => overlaps(subject, ['node-labels', 'node-taints', 'max-pods']),
  ),
  groupRule(
    {
      id: 'N15c',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'either clusterDNS or the setting cluster-dns-ip',
    },
    (subject) => {
      if (isNonEmptyString(subject.group.clusterDNS) && Object.hasOwn(kubernetesOf(subject), 'cluster-dns-ip')) {
        subject.error(
          'clusterDNS',
          `clusterDNS ${describe(subject.group.clusterDNS)} stands beside the setting cluster-dns-ip`,
          'leave the setting out',
        );
      }
    },
  ),
  groupRule(
    { id: 'C25a', enforcedBy: 'aws', only: 'managed', title: 'bottlerocket.settings.kubernetes is a map' },
    notAMap,
  ),
  groupRule(
    { id: 'C25b', enforcedBy: 'aws', only: 'managed', title: 'no node-labels and node-taints among the settings' },
    (subject) => overlaps(subject, ['node-labels', 'node-taints']),
  ),
  groupRule(
    { id: 'C25c', enforcedBy: 'aws', only: 'managed', title: 'no settings that EKS writes itself' },
    (subject) => {
      for (const key of FROM_EKS) {
        if (Object.hasOwn(kubernetesOf(subject), key)) {
          subject.error(`${KUBERNETES}.${key}`, 'EKS writes this setting into managed nodes', 'leave it out');
        }
      }
    },
  ),
  groupRule(
    { id: 'C25d', enforcedBy: 'aws', only: 'managed', title: 'either enableAdminContainer or its setting' },
    ({ group, family, error }) => {
      const hosts = settingsOf(group)['host-containers'];
      const admin = isMap(hosts) ? hosts.admin : undefined;
      const both = isMap(admin) && Object.hasOwn(admin, 'enabled') && isSet(group.bottlerocket?.enableAdminContainer);
      if (isBottlerocket(family) && both) {
        error(
          'bottlerocket.enableAdminContainer',
          'it stands beside the setting host-containers.admin.enabled',
          'leave the setting out',
        );
      }
    },
  ),
  groupRule(
    { id: 'X83', enforcedBy: 'aws', only: 'managed', title: 'bottlerocket does nothing in another family' },
    ({ group, family, warning }) => {
      if (isSet(group.bottlerocket) && !isBottlerocket(family)) {
        warning(
          'bottlerocket',
          `amiFamily is ${describe(family || undefined)}, so these settings have no effect`,
          "write amiFamily: 'Bottlerocket', or leave them out",
        );
      }
    },
  ),
];
