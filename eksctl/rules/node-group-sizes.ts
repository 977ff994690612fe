import { filledSizes } from '../node-group-defaults';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet, type UnvalidatedGroup } from './unvalidated';

type ReportError = (field: string, problem: string, fix: string) => void;

/** desiredCapacity below minSize. */
function tooFew({ minSize, desiredCapacity }: UnvalidatedGroup, report: ReportError): void {
  if (isSet(minSize) && isSet(desiredCapacity) && desiredCapacity < minSize) {
    report(
      'desiredCapacity',
      `must be at least minSize ${minSize}, but is ${desiredCapacity}`,
      `write desiredCapacity: ${minSize}, or a smaller minSize`,
    );
  }
}

/** desiredCapacity above maxSize. */
function tooMany({ desiredCapacity, maxSize }: UnvalidatedGroup, report: ReportError): void {
  if (isSet(maxSize) && isSet(desiredCapacity) && desiredCapacity > maxSize) {
    report(
      'desiredCapacity',
      `must be at most maxSize ${maxSize}, but is ${desiredCapacity}`,
      `write maxSize: ${desiredCapacity}, or a smaller desiredCapacity`,
    );
  }
}

/** maxSize below minSize, unless desiredCapacity is the cause, which `tooMany` reports. */
function crossed(group: UnvalidatedGroup, report: ReportError): void {
  const { min } = filledSizes(group);
  const { minSize, maxSize, desiredCapacity } = group;
  if (isSet(maxSize) && maxSize < min && !(isSet(desiredCapacity) && desiredCapacity > maxSize)) {
    report(
      'maxSize',
      `must be at least minSize ${min}${isSet(minSize) ? '' : ' (the default)'}, but is ${maxSize}`,
      isSet(minSize) ? `write maxSize: ${min}, or a smaller minSize` : `write minSize: ${maxSize}, too`,
    );
  }
}

const UPDATE_PERCENT = 'updateConfig.maxUnavailablePercentage';

/** Sizes of groups, and how many nodes are updated at once. */
export const SIZE_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B5', enforcedBy: 'eksctl', title: 'maxPodsPerNode is not negative' }, ({ group, error }) => {
    if ((group.maxPodsPerNode ?? 0) < 0) {
      error(
        'maxPodsPerNode',
        `must not be negative, but is ${group.maxPodsPerNode}`,
        'write maxPodsPerNode: 110, or remove it',
      );
    }
  }),
  groupRule(
    {
      id: 'N21',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'maxInstanceLifetime is at least 86400 seconds (a day)',
    },
    (subject) => {
      const seconds = subject.group.maxInstanceLifetime;
      if (isSet(seconds) && seconds < 86400) {
        subject.error(
          'maxInstanceLifetime',
          `must be at least 86400 seconds (a day), but is ${seconds}`,
          'write 86400 or more',
        );
      }
    },
  ),
  groupRule(
    { id: 'M3a', enforcedBy: 'eksctl', only: 'managed', title: 'minSize <= desiredCapacity' },
    ({ group, error }) => tooFew(group, error),
  ),
  groupRule(
    { id: 'M3b', enforcedBy: 'eksctl', only: 'managed', title: 'desiredCapacity <= maxSize' },
    ({ group, error }) => tooMany(group, error),
  ),
  groupRule(
    { id: 'M3c', enforcedBy: 'eksctl', only: 'managed', title: 'minSize (default: 2) <= maxSize' },
    ({ group, error }) => crossed(group, error),
  ),
  groupRule(
    { id: 'C20', enforcedBy: 'aws', only: 'self-managed', title: 'minSize <= desiredCapacity <= maxSize' },
    (subject) => {
      tooFew(subject.group, subject.error);
      tooMany(subject.group, subject.error);
      crossed(subject.group, subject.error);
    },
  ),
  groupRule(
    {
      id: 'M4a',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'updateConfig has maxUnavailable or maxUnavailablePercentage',
    },
    ({ group, error }) => {
      const update = group.updateConfig;
      if (isSet(update) && !isSet(update.maxUnavailable) && !isSet(update.maxUnavailablePercentage)) {
        error(
          'updateConfig',
          'must have maxUnavailable or maxUnavailablePercentage',
          'write { maxUnavailablePercentage: 33 }',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M4b',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'maxUnavailable and maxUnavailablePercentage are mutually exclusive',
    },
    ({ group, error }) => {
      const { maxUnavailable, maxUnavailablePercentage } = group.updateConfig ?? {};
      if (isSet(maxUnavailable) && isSet(maxUnavailablePercentage)) {
        error(
          'updateConfig',
          `must have either maxUnavailable or maxUnavailablePercentage, but has ${maxUnavailable} and ${maxUnavailablePercentage}`,
          `write { maxUnavailable: ${maxUnavailable} } or { maxUnavailablePercentage: ${maxUnavailablePercentage} }`,
        );
      }
    },
  ),
  groupRule(
    { id: 'M4c', enforcedBy: 'eksctl', only: 'managed', title: 'maxUnavailable <= maxSize' },
    ({ group, error }) => {
      const { max } = filledSizes(group);
      const { maxUnavailable } = group.updateConfig ?? {};
      if (isSet(group.updateConfig) && (maxUnavailable ?? 0) > max) {
        error(
          'updateConfig.maxUnavailable',
          `must be at most maxSize ${max}, but is ${maxUnavailable}`,
          'write { maxUnavailablePercentage: 33 }',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'X75',
      enforcedBy: 'aws',
      only: 'managed',
      title: 'maxUnavailable and maxUnavailablePercentage are 1 to 100',
    },
    ({ group, error }) => {
      const { maxUnavailable, maxUnavailablePercentage: percent } = group.updateConfig ?? {};
      if (isSet(percent) && (percent < 1 || percent > 100)) {
        error(UPDATE_PERCENT, `must be 1 to 100, but is ${percent}`, 'write 33');
      }
      if (
        isSet(maxUnavailable) &&
        maxUnavailable <= filledSizes(group).max &&
        (maxUnavailable < 1 || maxUnavailable > 100)
      ) {
        error(
          'updateConfig.maxUnavailable',
          `must be 1 to 100, but is ${maxUnavailable}`,
          `write ${Math.min(Math.max(maxUnavailable, 1), 100)}`,
        );
      }
    },
  ),
  groupRule(
    { id: 'X76', enforcedBy: 'aws', title: 'sizes are not negative, and maxSize of a managed group is at least 1' },
    (subject) => {
      for (const field of ['minSize', 'desiredCapacity', 'maxSize'] as const) {
        const size = subject.group[field];
        const least = field === 'maxSize' && subject.kind === 'managed' ? 1 : 0;
        if (isSet(size) && size < least) {
          subject.error(field, `must be at least ${least}, but is ${size}`, `write ${least} or more`);
        }
      }
    },
  ),
];
