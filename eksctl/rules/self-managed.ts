import { isBottlerocket, isWindows } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { versionOf } from './accessors';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';
import { isBefore, parseKubernetesVersion } from './version-order';

/** What eksctl itself writes into the kubelet's configuration. */
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

/** What only a self-managed group has. */
export const SELF_MANAGED_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'N1', enforcedBy: 'eksctl', only: 'self-managed', title: "the name has letters, digits and '-' only" },
    ({ group, error }) => {
      if (/[^a-zA-Z0-9-]/.test(group.name ?? '')) {
        const mended = (group.name ?? '').replace(/[^a-zA-Z0-9-]+/g, '-');
        error('name', `the name is ${describe(group.name)}`, `write '${mended}'`);
      }
    },
  ),
  groupRule(
    {
      id: 'N12',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'no kubeletExtraConfig on Windows and Bottlerocket',
    },
    ({ group, family, error }) => {
      if (isSet(group.kubeletExtraConfig) && (isWindows(family) || isBottlerocket(family))) {
        error(
          'kubeletExtraConfig',
          `${family} does not take it`,
          isWindows(family) ? 'leave it out' : 'write bottlerocket.settings.kubernetes instead',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N13',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'kubeletExtraConfig leaves out what eksctl writes',
    },
    ({ group, family, error }) => {
      for (const key of isWindows(family) || isBottlerocket(family) ? [] : KUBELET_OWN) {
        if (isSet(group.kubeletExtraConfig) && Object.hasOwn(group.kubeletExtraConfig, key)) {
          error(`kubeletExtraConfig.${key}`, `eksctl writes ${key} itself`, 'leave it out');
        }
      }
    },
  ),
  groupRule(
    { id: 'N19', enforcedBy: 'eksctl', only: 'self-managed', title: 'asgSuspendProcesses names processes of a group' },
    ({ group, error }) => {
      for (const [i, process] of (group.asgSuspendProcesses ?? []).entries()) {
        if (!PROCESSES.includes(process ?? '')) {
          error(
            `asgSuspendProcesses[${i}]`,
            `${describe(process)} is no process of an Auto Scaling group`,
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
        error('containerRuntime', `containerRuntime is ${describe(runtime)}`, "write 'containerd', or leave it out");
      }
    },
  ),
  groupRule(
    {
      id: 'N20b',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'either containerRuntime or overrideBootstrapCommand',
    },
    ({ group, error }) => {
      if (isSet(group.containerRuntime) && isSet(group.overrideBootstrapCommand)) {
        error(
          'containerRuntime',
          `containerRuntime ${describe(group.containerRuntime)} stands beside overrideBootstrapCommand, which replaces it`,
          'leave containerRuntime out',
        );
      }
    },
  ),
];
