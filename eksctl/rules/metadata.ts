import { EKSCTL_REGIONS } from '../../eks/regions';
import { FACTS_DATE, VERSIONS, versionDates, versionState } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { clusterRule, present, versionOf } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';
import { isBefore, parseKubernetesVersion } from './version-order';

/** Name, region and version of the cluster, and its upgrades. */
export const METADATA_RULES = [
  clusterRule('A1', 'eksctl', 'upgradePolicy.supportType is STANDARD or EXTENDED', ({ upgradePolicy }, report) => {
    const type = upgradePolicy?.supportType;
    if (isNonEmptyString(type) && type !== 'STANDARD' && type !== 'EXTENDED') {
      report.error(
        'upgradePolicy.supportType',
        `unknown support type ${describe(type)}`,
        "write 'STANDARD' or 'EXTENDED'",
      );
    }
  }),
  clusterRule('A2', 'eksctl', 'metadata.rollbackConfig.timeoutMinutes is 120 to 10080', ({ metadata }, report) => {
    const timeout = metadata?.rollbackConfig?.timeoutMinutes;
    if (isSet(timeout) && (timeout < 120 || timeout > 10080)) {
      report.error(
        'metadata.rollbackConfig.timeoutMinutes',
        `must be 120 to 10080, but is ${timeout}`,
        'write 120 (two hours) to 10080 (a week)',
      );
    }
  }),
  clusterRule('D1', 'eksctl', 'amiFamily is not AmazonLinux2 from Kubernetes 1.33 on', (config, report) => {
    for (const place of amazonLinux2Groups(config)) {
      report.error(
        `${place}.amiFamily`,
        `AmazonLinux2 is not available for Kubernetes ${versionOf(config)}`,
        "write 'AmazonLinux2023'",
      );
    }
  }),
  clusterRule('C5', 'eksctl', "the cluster name consists of letters, digits and '-'", ({ metadata }, report) => {
    const name = metadata?.name;
    if (isNonEmptyString(name) && /[^a-zA-Z0-9-]/.test(name)) {
      const better = name.replace(/[^a-zA-Z0-9-]+/g, '-');
      report.error(
        'metadata.name',
        `invalid name '${name}': only letters, digits and '-' are allowed`,
        `write '${better}'`,
      );
    }
  }),
  clusterRule('C6', 'eksctl', 'the region is known to eksctl', ({ metadata }, report) => {
    const region = metadata?.region;
    if (isNonEmptyString(region) && !EKSCTL_REGIONS.includes(region)) {
      const near = nearest(region, EKSCTL_REGIONS);
      report.error('metadata.region', `unknown region '${region}'`, `write for example '${near ?? 'us-west-2'}'`);
    }
  }),
  clusterRule(
    'X1',
    'aws',
    'the cluster name has at most 100 characters and starts with a letter',
    ({ metadata }, report) => {
      const name = metadata?.name;
      if (!isNonEmptyString(name)) {
        return;
      }
      if (name.length > 100) {
        report.error(
          'metadata.name',
          `must have at most 100 characters, but has ${name.length}`,
          `write for example '${name.slice(0, 100)}'`,
        );
      }
      if (name.startsWith('-')) {
        report.error(
          'metadata.name',
          `must start with a letter, but is '${name}'`,
          `write '${name.replace(/^-+/, '') || 'prod'}'`,
        );
      } else if (/^\d/.test(name)) {
        report.warning(
          'metadata.name',
          `should start with a letter, as eksctl documents, but is '${name}'`,
          `write for example 'c${name}'`,
        );
      }
    },
  ),
  clusterRule('X2', 'aws', 'the version is supported by EKS', ({ metadata }, report) => {
    const version = metadata?.version;
    const newest = VERSIONS[VERSIONS.length - 1]!;
    if (!isNonEmptyString(version) || version === 'auto' || version === 'latest') {
      report.warning(
        'metadata.version',
        `should be a fixed version, but is ${isNonEmptyString(version) ? `'${version}'` : 'missing'}`,
        `write for example '${newest}'`,
      );
      return;
    }
    switch (versionState(version)) {
      case 'malformed':
        report.error('metadata.version', `invalid Kubernetes version '${version}'`, `write for example '${newest}'`);
        break;
      case 'older':
        report.error(
          'metadata.version',
          `EKS no longer supports Kubernetes ${version}, as of ${FACTS_DATE}`,
          `write '${VERSIONS[0]}' to '${newest}'`,
        );
        break;
      case 'newer':
        report.warning(
          'metadata.version',
          `unknown Kubernetes version ${version}: the newest known version is ${newest}`,
          `write '${newest}', or ignore this warning if EKS supports the version`,
        );
    }
  }),
  // no comparison with today, or the same file would be judged differently tomorrow
  clusterRule('X8', 'aws', 'the version is in standard support, or extended support is chosen', (config, report) => {
    const dates = versionDates(config.metadata?.version);
    if (dates && dates.standardSupportUntil < FACTS_DATE && config.upgradePolicy?.supportType !== 'EXTENDED') {
      report.warning(
        'metadata.version',
        `standard support of Kubernetes ${config.metadata?.version} ended on ${dates.standardSupportUntil}, as of ${FACTS_DATE}; extended support costs more and ends on ${dates.extendedSupportUntil}`,
        `write '${VERSIONS[VERSIONS.length - 2]}', or upgradePolicy.supportType: 'EXTENDED' if intended`,
      );
    }
  }),
];

/** Groups with AmazonLinux2 and an unsupported version, except managed groups with a custom AMI. */
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
