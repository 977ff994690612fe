import { LOG_RETENTION_DAYS } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, count, strings, words } from './accessors';
import { isSet } from './unvalidated';

const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const ALL = ['*', 'all'];

/** The logs of the control plane. */
export const LOGGING_RULES = [
  clusterRule('A9a', 'eksctl', 'log types are known', ({ cloudWatch }, report) => {
    const types = strings(cloudWatch?.clusterLogging?.enableTypes, 'cloudWatch.clusterLogging.enableTypes');
    // the wildcard takes the place of the whole list, whatever else is in it
    for (const [type, path] of types.some(([type]) => ALL.includes(type)) ? [] : types) {
      if (!TYPES.includes(type)) {
        report.error(path, `${describe(type)} is no log of the control plane`, `write ${words(TYPES)}, or '*' for all`);
      }
    }
  }),
  clusterRule(
    'A9b',
    'eksctl',
    'logRetentionInDays is a number of days that CloudWatch has, of logs that are on',
    ({ cloudWatch }, report) => {
      const { logRetentionInDays: days, enableTypes } = cloudWatch?.clusterLogging ?? {};
      const path = 'cloudWatch.clusterLogging';
      if (!isSet(days) || days === 0) {
        return;
      }
      if (count(enableTypes) === 0) {
        report.error(`${path}.enableTypes`, `${days} days are said, but no log is on`, "write ['*']");
      } else if (!LOG_RETENTION_DAYS.includes(days)) {
        const longer = LOG_RETENTION_DAYS.find((known) => known >= days) ?? LOG_RETENTION_DAYS.at(-1);
        report.error(`${path}.logRetentionInDays`, `CloudWatch has no retention of ${days} days`, `write ${longer}`);
      }
    },
  ),
  clusterRule('X60', 'aws', 'a wildcard of log types stands alone', ({ cloudWatch }, report) => {
    const types = strings(cloudWatch?.clusterLogging?.enableTypes, 'cloudWatch.clusterLogging.enableTypes');
    const wildcard = types.find(([type]) => ALL.includes(type))?.[0];
    const rest = types.filter(([type]) => !ALL.includes(type));
    if (wildcard !== undefined && rest.length > 0) {
      report.warning(
        'cloudWatch.clusterLogging.enableTypes',
        `'${wildcard}' is all logs, so ${words(rest.map(([type]) => type))} says nothing`,
        "write ['*']",
      );
    }
  }),
];
