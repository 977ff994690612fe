import { aws, eksctl, ofCluster } from './commands';
import type { Section } from './draft';
import { at } from './members';

const TYPES = 'cloudWatch.clusterLogging.enableTypes';
const DAYS = 'cloudWatch.clusterLogging.logRetentionInDays';

/** The logs of the control plane. eksctl changes how long they are kept only together with what is logged. */
export const logging: Section = ({ changes, old, new: next, target }, draft) => {
  const types = changes.under(TYPES);
  const days = changes.under(DAYS);
  const other = changes.under('cloudWatch').filter((field) => ![...types, ...days].includes(field));
  const enabled = at(next, TYPES);
  const kept = at(next, DAYS);
  const before = at(old, DAYS);
  const shorter = typeof kept === 'number' && (typeof before !== 'number' || kept < before);
  const some = Array.isArray(enabled) && enabled.length > 0;
  const group = { 'log-group-name': `/aws/eks/${target.cluster}/cluster` };
  const together = types.length > 0 && some && typeof kept === 'number';
  if (types.length > 0) {
    draft.step('settings', {
      id: 'settings/logging',
      command: some
        ? eksctl('utils', 'update-cluster-logging', '-f', target.file, '--approve')
        : eksctl('utils', 'update-cluster-logging', ...ofCluster(target), '--disable-types', 'all', '--approve'),
      text: some
        ? 'Change which logs of the control plane go to CloudWatch'
        : 'Stop logging the control plane; what was logged stays',
      fields: [...types, ...(together ? days : [])],
      minutes: [2, 10],
      risk: together && shorter ? 'danger' : some ? 'none' : 'notice',
    });
  }
  if (days.length > 0 && !together) {
    draft.step('settings', {
      id: 'settings/log-retention',
      command:
        typeof kept === 'number'
          ? aws(target, 'logs', 'put-retention-policy', { ...group, 'retention-in-days': kept })
          : aws(target, 'logs', 'delete-retention-policy', group),
      text:
        typeof kept === 'number'
          ? `Keep the logs of the control plane ${kept} days${shorter ? '; older ones are deleted' : ''}`
          : 'Keep the logs of the control plane for good',
      fields: days,
      risk: shorter ? 'danger' : 'notice',
    });
  }
  draft.ignored(other, 'eksctl reads enableTypes and logRetentionInDays only');
};
