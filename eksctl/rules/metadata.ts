import { EKSCTL_REGIONS } from '../../eks/regions';
import { VERSIONS, versionState } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { allGroups, clusterRule, present, versionOf } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';
import { isBefore, parseKubernetesVersion } from './version-order';

/** What CloudFormation takes as the name of a stack. */
const STACK_NAME_LENGTH = 128;

/** Name, region and version of the cluster, and how it is upgraded. */
export const METADATA_RULES = [
  clusterRule('A1', 'eksctl', 'upgradePolicy.supportType is STANDARD or EXTENDED', ({ upgradePolicy }, report) => {
    const type = upgradePolicy?.supportType;
    if (isNonEmptyString(type) && type !== 'STANDARD' && type !== 'EXTENDED') {
      report.error(
        'upgradePolicy.supportType',
        `${describe(type)} is no support type`,
        "write 'STANDARD' or 'EXTENDED'",
      );
    }
  }),
  clusterRule('A2', 'eksctl', 'metadata.rollbackConfig.timeoutMinutes is from 120 to 10080', ({ metadata }, report) => {
    const timeout = metadata?.rollbackConfig?.timeoutMinutes;
    if (isSet(timeout) && (timeout < 120 || timeout > 10080)) {
      report.error(
        'metadata.rollbackConfig.timeoutMinutes',
        `${timeout} minutes are out of bounds`,
        'write 120 (two hours) to 10080 (a week)',
      );
    }
  }),
  clusterRule('D1', 'eksctl', 'AmazonLinux2 ends with Kubernetes 1.32', (config, report) => {
    for (const place of amazonLinux2Groups(config)) {
      report.error(
        `${place}.amiFamily`,
        `EKS has no AmazonLinux2 images for Kubernetes ${versionOf(config)}`,
        "write 'AmazonLinux2023'",
      );
    }
  }),
  clusterRule('C5', 'eksctl', 'the name of a cluster has letters, digits and hyphens only', ({ metadata }, report) => {
    const name = metadata?.name;
    if (isNonEmptyString(name) && /[^a-zA-Z0-9-]/.test(name)) {
      const better = name.replace(/[^a-zA-Z0-9-]+/g, '-');
      report.error('metadata.name', `'${name}' has other characters than letters, digits and '-'`, `write '${better}'`);
    }
  }),
  clusterRule('C6', 'eksctl', 'the region is one that eksctl knows', ({ metadata }, report) => {
    const region = metadata?.region;
    if (isNonEmptyString(region) && !EKSCTL_REGIONS.includes(region)) {
      const near = nearest(region, EKSCTL_REGIONS);
      report.error(
        'metadata.region',
        `eksctl knows no region '${region}'`,
        `write for example '${near ?? 'us-west-2'}'`,
      );
    }
  }),
  clusterRule(
    'X1',
    'aws',
    'the name of a cluster has at most 100 characters and begins with a letter',
    ({ metadata }, report) => {
      const name = metadata?.name;
      if (!isNonEmptyString(name)) {
        return;
      }
      if (name.length > 100) {
        report.error(
          'metadata.name',
          `the name has ${name.length} characters`,
          `write at most 100: '${name.slice(0, 100)}'`,
        );
      }
      if (name.startsWith('-')) {
        report.error('metadata.name', `'${name}' begins with a hyphen`, `write '${name.replace(/^-+/, '') || 'prod'}'`);
      } else if (/^\d/.test(name)) {
        report.warning(
          'metadata.name',
          `'${name}' begins with a digit, which eksctl documents as not allowed`,
          `write for example 'c${name}'`,
        );
      }
    },
  ),
  clusterRule('X2', 'aws', 'the version is one that EKS offers', ({ metadata }, report) => {
    const version = metadata?.version;
    const newest = VERSIONS[VERSIONS.length - 1]!;
    if (!isNonEmptyString(version) || version === 'auto' || version === 'latest') {
      report.warning(
        'metadata.version',
        `the version is ${isNonEmptyString(version) ? `'${version}'` : 'missing'}: what is made depends on the day and on eksctl`,
        `write for example '${newest}'`,
      );
      return;
    }
    switch (versionState(version)) {
      case 'malformed':
        report.error('metadata.version', `'${version}' is no version of Kubernetes`, `write for example '${newest}'`);
        break;
      case 'older':
        report.error(
          'metadata.version',
          `EKS no longer offers Kubernetes ${version}`,
          `write '${VERSIONS[0]}' to '${newest}'`,
        );
        break;
      case 'newer':
        report.warning(
          'metadata.version',
          `Kubernetes ${version} is newer than what this library knows (up to ${newest})`,
          `write '${newest}', or go on with care`,
        );
    }
  }),
  clusterRule('X3', 'aws', 'the names of the stacks fit into 128 characters', (config, report) => {
    for (const [{ name }, path] of allGroups(config)) {
      const stack = `eksctl-${config.metadata?.name ?? ''}-nodegroup-${name ?? ''}`;
      if (stack.length > STACK_NAME_LENGTH) {
        const length = (name ?? '').length - (stack.length - STACK_NAME_LENGTH);
        report.error(
          `${path}.name`,
          `its CloudFormation stack is named after cluster and group, with ${stack.length} characters`,
          length > 0 ? `write at most ${length} characters` : 'shorten metadata.name',
        );
      }
    }
  }),
];

/** A managed group with an image of its own is not asked. */
function amazonLinux2Groups(config: UnvalidatedConfig): string[] {
  const version = parseKubernetesVersion(versionOf(config));
  if (version === undefined || isBefore(version, '1.33')) {
    return [];
  }
  const groups = [
    ...present(config.nodeGroups, 'nodeGroups'),
    ...present(config.managedNodeGroups, 'managedNodeGroups').filter(([group]) => !isNonEmptyString(group.ami)),
  ];
  return groups.flatMap(([{ amiFamily }, path]) => (amiFamily?.toLowerCase() === 'amazonlinux2' ? [path] : []));
}
