import { LOG_RETENTION_DAYS } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, count, strings, words } from './accessors';
import { isSet } from './unvalidated';

const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const ALL = ['*', 'all'];

/** The logs of the control plane. */
export const LOGGING_RULES = [
  clusterRule('A9a', 'eksctl', 'enableTypes contains known log types', ({ cloudWatch }, report) => {
    const types = strings(cloudWatch?.clusterLogging?.enableTypes, 'cloudWatch.clusterLogging.enableTypes');
    // a wildcard replaces the whole list
    for (const [type, path] of types.some(([type]) => ALL.includes(type)) ? [] : types) {
      if (!TYPES.includes(type)) {
        report.error(path, `unknown log type ${describe(type)}`, `write ${words(TYPES)}, or '*' for all`);
      }
    }
  }),
  clusterRule(
    'A9b',
    'eksctl',
    'logRetentionInDays is supported by CloudWatch, and requires enableTypes',
    ({ cloudWatch }, report) => {
      const { logRetentionInDays: days, enableTypes } = cloudWatch?.clusterLogging ?? {};
      const path = 'cloudWatch.clusterLogging';
      if (!isSet(days) || days === 0) {
        return;
      }
      if (count(enableTypes) === 0) {
        report.error(`${path}.enableTypes`, `required with logRetentionInDays, which is ${days}`, "write ['*']");
      } else if (!LOG_RETENTION_DAYS.includes(days)) {
        const longer = LOG_RETENTION_DAYS.find((known) => known >= days) ?? LOG_RETENTION_DAYS.at(-1);
        report.error(`${path}.logRetentionInDays`, `unsupported retention of ${days} days`, `write ${longer}`);
      }
    },
  ),
  clusterRule('X60', 'aws', 'a wildcard is the only log type', ({ cloudWatch }, report) => {
    const types = strings(cloudWatch?.clusterLogging?.enableTypes, 'cloudWatch.clusterLogging.enableTypes');
    const wildcard = types.find(([type]) => ALL.includes(type))?.[0];
    const rest = types.filter(([type]) => !ALL.includes(type));
    if (wildcard !== undefined && rest.length > 0) {
      report.warning(
        'cloudWatch.clusterLogging.enableTypes',
        `'${wildcard}' enables all log types, so ${words(rest.map(([type]) => type))} has no effect`,
        "write ['*']",
      );
    }
  }),
];
