import { describe } from '../../kube/describe';
import { filledSizes } from '../node-group-defaults';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet, type UnvalidatedGroup } from './unvalidated';

type Say = (field: string, problem: string, fix: string) => void;

/** The desired size below the smallest. */
function tooFew({ minSize, desiredCapacity }: UnvalidatedGroup, say: Say): void {
  if (isSet(minSize) && isSet(desiredCapacity) && desiredCapacity < minSize) {
    say(
      'desiredCapacity',
      `desiredCapacity ${desiredCapacity} is below minSize ${minSize}`,
      `write desiredCapacity: ${minSize}, or a smaller minSize`,
    );
  }
}

/** The desired size above the largest. */
function tooMany({ desiredCapacity, maxSize }: UnvalidatedGroup, say: Say): void {
  if (isSet(maxSize) && isSet(desiredCapacity) && desiredCapacity > maxSize) {
    say(
      'desiredCapacity',
      `desiredCapacity ${desiredCapacity} is above maxSize ${maxSize}`,
      `write maxSize: ${desiredCapacity}, or a smaller desiredCapacity`,
    );
  }
}

/** The largest size below the smallest; where the desired size is the cause, that is said of it alone. */
function crossed(group: UnvalidatedGroup, say: Say): void {
  const { min } = filledSizes(group);
  const { minSize, maxSize, desiredCapacity } = group;
  if (isSet(maxSize) && maxSize < min && !(isSet(desiredCapacity) && desiredCapacity > maxSize)) {
    say(
      'maxSize',
      `maxSize ${maxSize} is below minSize ${min}${isSet(minSize) ? '' : ', which eksctl takes where none is written'}`,
      isSet(minSize) ? `write maxSize: ${min}, or a smaller minSize` : `write minSize: ${maxSize} beside it`,
    );
  }
}

const UPDATE_PERCENT = 'updateConfig.maxUnavailablePercentage';

/** How many nodes a group has, and how many go at once. */
export const SIZE_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B5', enforcedBy: 'eksctl', title: 'maxPodsPerNode is not negative' }, ({ group, error }) => {
    if ((group.maxPodsPerNode ?? 0) < 0) {
      error(
        'maxPodsPerNode',
        `maxPodsPerNode is ${group.maxPodsPerNode}`,
        'write maxPodsPerNode: 110, or leave it out',
      );
    }
  }),
  groupRule(
    { id: 'N21', enforcedBy: 'eksctl', only: 'self-managed', title: 'maxInstanceLifetime is at least a day' },
    (subject) => {
      const seconds = subject.group.maxInstanceLifetime;
      if (isSet(seconds) && seconds < 86400) {
        subject.error('maxInstanceLifetime', `maxInstanceLifetime is ${seconds} s`, 'write 86400 (a day) or more');
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
    { id: 'M3c', enforcedBy: 'eksctl', only: 'managed', title: 'minSize (2, unless written) <= maxSize' },
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
    { id: 'M4a', enforcedBy: 'eksctl', only: 'managed', title: 'updateConfig says how many' },
    ({ group, error }) => {
      const update = group.updateConfig;
      if (isSet(update) && !isSet(update.maxUnavailable) && !isSet(update.maxUnavailablePercentage)) {
        error('updateConfig', 'it says neither a number nor a percentage', 'write { maxUnavailablePercentage: 33 }');
      }
    },
  ),
  groupRule(
    { id: 'M4b', enforcedBy: 'eksctl', only: 'managed', title: 'either maxUnavailable or maxUnavailablePercentage' },
    ({ group, error }) => {
      const { maxUnavailable, maxUnavailablePercentage } = group.updateConfig ?? {};
      if (isSet(maxUnavailable) && isSet(maxUnavailablePercentage)) {
        error(
          'updateConfig',
          `it says both ${maxUnavailable} nodes and ${maxUnavailablePercentage} %`,
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
          `maxUnavailable ${describe(maxUnavailable ?? undefined)} is above the largest size, ${max}`,
          'write { maxUnavailablePercentage: 33 }',
        );
      }
    },
  ),
  groupRule(
    { id: 'X75', enforcedBy: 'aws', only: 'managed', title: 'updateConfig is from 1 to 100' },
    ({ group, error }) => {
      const { maxUnavailable, maxUnavailablePercentage: percent } = group.updateConfig ?? {};
      if (isSet(percent) && (percent < 1 || percent > 100)) {
        error(UPDATE_PERCENT, `maxUnavailablePercentage is ${percent}; EKS takes 1 to 100`, 'write 33');
      }
      if (
        isSet(maxUnavailable) &&
        maxUnavailable <= filledSizes(group).max &&
        (maxUnavailable < 1 || maxUnavailable > 100)
      ) {
        error(
          'updateConfig.maxUnavailable',
          `maxUnavailable is ${maxUnavailable}; EKS takes 1 to 100`,
          `write ${Math.min(Math.max(maxUnavailable, 1), 100)}`,
        );
      }
    },
  ),
  groupRule(
    { id: 'X76', enforcedBy: 'aws', title: 'sizes are not negative, and a managed group may have a node' },
    (subject) => {
      for (const field of ['minSize', 'desiredCapacity', 'maxSize'] as const) {
        const size = subject.group[field];
        const least = field === 'maxSize' && subject.kind === 'managed' ? 1 : 0;
        if (isSet(size) && size < least) {
          subject.error(field, `${field} is ${size}`, `write ${least} or more`);
        }
      }
    },
  ),
];
