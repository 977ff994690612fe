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
  clusterRule('A16a', 'eksctl', 'Auto Mode is not available on Outposts', (config, report) => {
    if (isAutoMode(config) && isOnOutposts(config)) {
      report.error('autoModeConfig.enabled', 'Auto Mode is not available on Outposts', 'write false');
    }
  }),
  clusterRule('A16b', 'eksctl', 'nodePools contains general-purpose and system at most once each', (config, report) => {
    const pools = isAutoMode(config) ? strings(config.autoModeConfig?.nodePools, POOLS) : [];
    for (const [pool, path] of pools.filter(([pool]) => !KNOWN.includes(pool))) {
      report.error(
        path,
        `unknown node pool ${describe(pool)}`,
        "write 'general-purpose' or 'system', and create other pools as manifests",
      );
    }
    for (const [pool, path] of repeated(pools)) {
      report.error(path, `duplicate node pool ${describe(pool)}`, 'delete the entry');
    }
  }),
  clusterRule('A16c', 'eksctl', 'nodeRoleARN and permissionsBoundaryARN require node pools', (config, report) => {
    const pools = config.autoModeConfig?.nodePools;
    for (const key of ARNS) {
      if (isAutoMode(config) && isSet(pools) && count(pools) === 0 && isGiven(config, key)) {
        report.error(
          `autoModeConfig.${key}`,
          'not allowed with an empty nodePools',
          `delete '${key}', or add node pools`,
        );
      }
    }
  }),
  clusterRule('A16d', 'eksctl', 'nodeRoleARN and permissionsBoundaryARN are mutually exclusive', (config, report) => {
    if (isAutoMode(config) && ARNS.every((key) => isGiven(config, key))) {
      report.error(
        'autoModeConfig.permissionsBoundaryARN',
        "cannot be combined with 'nodeRoleARN': the boundary applies to the role that eksctl creates",
        "delete 'permissionsBoundaryARN'",
      );
    }
  }),
  clusterRule('A16e', 'eksctl', 'settings of Auto Mode require enabled: true', (config, report) => {
    const keys = [
      ...ARNS.filter((key) => isGiven(config, key)),
      ...(count(config.autoModeConfig?.nodePools) > 0 ? ['nodePools'] : []),
    ];
    for (const key of isAutoMode(config) ? [] : keys) {
      report.error(
        `autoModeConfig.${key}`,
        'not allowed without Auto Mode',
        `write \`enabled: true\`, or delete '${key}'`,
      );
    }
  }),
  clusterRule('A16f', 'eksctl', 'nodeRoleARN and permissionsBoundaryARN are ARNs', ({ autoModeConfig }, report) => {
    for (const key of ARNS) {
      const arn = autoModeConfig?.[key];
      if (isSet(arn) && parseArn(arn) === undefined) {
        report.error(
          `autoModeConfig.${key}`,
          `invalid ARN ${describe(arn)}`,
          "write for example 'arn:aws:iam::111122223333:role/nodes'",
        );
      }
    }
  }),
  clusterRule('X12', 'aws', 'add-ons that Auto Mode includes are not listed', (config, report) => {
    for (const [{ name }, path] of isAutoMode(config) ? present(config.addons, 'addons') : []) {
      const built = isNonEmptyString(name) && AUTO_MODE_ADDONS.has(name);
      // L8b reports the others; with Fargate or hybrid nodes they have a use
      if (built && !NOT_WITH_AUTO_MODE.includes(name)) {
        report.warning(path, `Auto Mode includes '${name}'`, `delete the add-on '${name}'`);
      }
    }
  }),
  clusterRule('X40', 'aws', 'Auto Mode requires access entries', (config, report) => {
    if (isAutoMode(config) && authenticationModeOf(config) === 'CONFIG_MAP') {
      report.error(
        'accessConfig.authenticationMode',
        "Auto Mode requires access entries, which 'CONFIG_MAP' does not support",
        "write 'API'",
      );
    }
  }),
  clusterRule('X41', 'aws', 'autoModeConfig.enabled is set', (config, report) => {
    if (!isSet(config.autoModeConfig?.enabled)) {
      report.warning(
        'autoModeConfig.enabled',
        'should be set: eksctl will enable Auto Mode by default, which does not allow node groups',
        'write `enabled: false` or `enabled: true`',
      );
    }
  }),
];
