import { isBottlerocket, isWindows } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { versionOf } from './accessors';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';
import { isBefore, parseKubernetesVersion } from './version-order';

/** Keys of the kubelet configuration that eksctl sets. */
const KUBELET_OWN = [
  'kind',
  'apiVersion',
  'address',
  'clusterDomain',
  'authentication',
  'authorization',
  'serverTLSBootstrap',
];
const PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
];
const RUNTIMES = ['containerd', 'dockerd', 'docker'];

/** Fields of self-managed groups only. */
export const SELF_MANAGED_RULES: readonly NodeGroupRule[] = [
  groupRule(
    {
      id: 'N1',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: "the name of a self-managed group consists of letters, digits and '-'",
    },
    ({ group, error }) => {
      if (/[^a-zA-Z0-9-]/.test(group.name ?? '')) {
        const better = (group.name ?? '').replace(/[^a-zA-Z0-9-]+/g, '-');
        error(
          'name',
          `invalid name ${describe(group.name)}: only letters, digits and '-' are allowed`,
          `write '${better}'`,
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N12',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'kubeletExtraConfig is not set with Windows or Bottlerocket',
    },
    ({ group, family, error }) => {
      if (isSet(group.kubeletExtraConfig) && (isWindows(family) || isBottlerocket(family))) {
        error(
          'kubeletExtraConfig',
          `not supported by ${family}`,
          isWindows(family) ? 'remove it' : 'write bottlerocket.settings.kubernetes instead',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N13',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'kubeletExtraConfig has no keys that eksctl sets',
    },
    ({ group, family, error }) => {
      for (const key of isWindows(family) || isBottlerocket(family) ? [] : KUBELET_OWN) {
        if (isSet(group.kubeletExtraConfig) && Object.hasOwn(group.kubeletExtraConfig, key)) {
          error(`kubeletExtraConfig.${key}`, 'not allowed, as eksctl sets it', 'remove it');
        }
      }
    },
  ),
  groupRule(
    { id: 'N19', enforcedBy: 'eksctl', only: 'self-managed', title: 'asgSuspendProcesses contains known processes' },
    ({ group, error }) => {
      for (const [i, process] of (group.asgSuspendProcesses ?? []).entries()) {
        if (!PROCESSES.includes(process ?? '')) {
          error(
            `asgSuspendProcesses[${i}]`,
            `unknown process ${describe(process)}`,
            `write '${nearest(process ?? '', PROCESSES) ?? 'AZRebalance'}'`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'N20a', enforcedBy: 'eksctl', only: 'self-managed', title: 'containerRuntime is containerd' },
    ({ group, family, config, error }) => {
      const version = parseKubernetesVersion(versionOf(config));
      const old = family !== 'AmazonLinux2023' && version !== undefined && isBefore(version, '1.24');
      const runtime = group.containerRuntime;
      if (isSet(runtime) && (!version || !(old ? RUNTIMES : ['containerd']).includes(runtime))) {
        error(
          'containerRuntime',
          `must be 'containerd', but is ${describe(runtime)}`,
          "write 'containerd', or remove it",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N20b',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'containerRuntime and overrideBootstrapCommand are mutually exclusive',
    },
    ({ group, error }) => {
      if (isSet(group.containerRuntime) && isSet(group.overrideBootstrapCommand)) {
        error(
          'containerRuntime',
          `cannot be combined with overrideBootstrapCommand, but is ${describe(group.containerRuntime)}`,
          'remove containerRuntime',
        );
      }
    },
  ),
];
