import { AUTO_MODE_ADDONS, NOT_WITH_AUTO_MODE } from '../../eks/addons';
import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import {
  authenticationModeOf,
  clusterRule,
  count,
  isAutoMode,
  isOnOutposts,
  present,
  repeated,
  strings,
} from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const POOLS = 'autoModeConfig.nodePools';
const KNOWN = ['general-purpose', 'system'];
const ARNS = ['nodeRoleARN', 'permissionsBoundaryARN'] as const;

const isGiven = ({ autoModeConfig }: UnvalidatedConfig, key: (typeof ARNS)[number]) =>
  !!parseArn(autoModeConfig?.[key])?.partition;

/** EKS Auto Mode. */
export const AUTO_MODE_RULES = [
  clusterRule('A16a', 'eksctl', 'Auto Mode is not for Outposts', (config, report) => {
    if (isAutoMode(config) && isOnOutposts(config)) {
      report.error('autoModeConfig.enabled', 'Outposts have no Auto Mode', 'write false');
    }
  }),
  clusterRule('A16b', 'eksctl', 'node pools are general-purpose and system, each once', (config, report) => {
    const pools = isAutoMode(config) ? strings(config.autoModeConfig?.nodePools, POOLS) : [];
    for (const [pool, path] of pools.filter(([pool]) => !KNOWN.includes(pool))) {
      report.error(
        path,
        `${describe(pool)} is no node pool of EKS`,
        "write 'general-purpose' or 'system'; your own are manifests",
      );
    }
    for (const [pool, path] of repeated(pools)) {
      report.error(path, `${describe(pool)} is named before`, 'delete the entry');
    }
  }),
  clusterRule('A16c', 'eksctl', 'without node pools there is no node role', (config, report) => {
    const pools = config.autoModeConfig?.nodePools;
    for (const key of ARNS) {
      if (isAutoMode(config) && isSet(pools) && count(pools) === 0 && isGiven(config, key)) {
        report.error(
          `autoModeConfig.${key}`,
          'there is no node pool whose nodes could have it',
          `delete '${key}', or name node pools`,
        );
      }
    }
  }),
  clusterRule('A16d', 'eksctl', 'nodeRoleARN and permissionsBoundaryARN exclude each other', (config, report) => {
    if (isAutoMode(config) && ARNS.every((key) => isGiven(config, key))) {
      report.error(
        'autoModeConfig.permissionsBoundaryARN',
        'a boundary is for the role that eksctl makes, and a role is given',
        "delete 'permissionsBoundaryARN'",
      );
    }
  }),
  clusterRule('A16e', 'eksctl', 'what belongs to Auto Mode needs it enabled', (config, report) => {
    const keys = [
      ...ARNS.filter((key) => isGiven(config, key)),
      ...(count(config.autoModeConfig?.nodePools) > 0 ? ['nodePools'] : []),
    ];
    for (const key of isAutoMode(config) ? [] : keys) {
      report.error(`autoModeConfig.${key}`, 'Auto Mode is off', `write 'enabled: true', or delete '${key}'`);
    }
  }),
  clusterRule('A16f', 'eksctl', 'roles of Auto Mode are named by ARNs', ({ autoModeConfig }, report) => {
    for (const key of ARNS) {
      const arn = autoModeConfig?.[key];
      if (isSet(arn) && parseArn(arn) === undefined) {
        report.error(
          `autoModeConfig.${key}`,
          `${describe(arn)} is no ARN`,
          "write for example 'arn:aws:iam::111122223333:role/nodes'",
        );
      }
    }
  }),
  clusterRule('X12', 'aws', 'Auto Mode has some add-ons built in', (config, report) => {
    for (const [{ name }, path] of isAutoMode(config) ? present(config.addons, 'addons') : []) {
      const built = isNonEmptyString(name) && AUTO_MODE_ADDONS.has(name);
      // eksctl itself refuses those; with Fargate or hybrid nodes they have a use
      if (built && !NOT_WITH_AUTO_MODE.includes(name)) {
        report.warning(path, `Auto Mode has '${name}' built in`, `delete the add-on '${name}'`);
      }
    }
  }),
  clusterRule('X40', 'aws', 'Auto Mode needs access entries', (config, report) => {
    if (isAutoMode(config) && authenticationModeOf(config) === 'CONFIG_MAP') {
      report.error(
        'accessConfig.authenticationMode',
        "Auto Mode lets nodes in by access entries, which 'CONFIG_MAP' lacks",
        "write 'API'",
      );
    }
  }),
  clusterRule('X41', 'aws', 'autoModeConfig.enabled is written', (config, report) => {
    if (!isSet(config.autoModeConfig?.enabled)) {
      report.warning(
        'autoModeConfig.enabled',
        'eksctl has announced that Auto Mode will be on by default, which refuses node groups',
        "write 'enabled: false', or true",
      );
    }
  }),
];
