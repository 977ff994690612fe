import { similarTypes } from '../../eks/similar-types';
import { describe } from '../../kube/describe';
import { DEFAULT_INSTANCE_TYPE } from '../node-group-defaults';
import { groupRule, hasSelector, listedTypes, namedTypes } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';

const PLACE = 'instancesDistribution';
const STRATEGIES = [
  'lowest-price',
  'diversified',
  'capacity-optimized',
  'capacity-optimized-prioritized',
  'price-capacity-optimized',
];
/** Strategies that use all pools. */
const OPTIMIZED = ['capacity-optimized', 'capacity-optimized-prioritized'];

interface Range {
  readonly id: string;
  readonly field: 'onDemandBaseCapacity' | 'onDemandPercentageAboveBaseCapacity' | 'spotInstancePools';
  readonly min: number;
  readonly max: number;
}

function range({ id, field, min, max }: Range): NodeGroupRule {
  const words = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`;
  return groupRule(
    { id, enforcedBy: 'eksctl', only: 'self-managed', title: `instancesDistribution.${field} is ${words}` },
    ({ group, error }) => {
      const value = group.instancesDistribution?.[field];
      if (isSet(value) && (value < min || value > max)) {
        error(`${PLACE}.${field}`, `must be ${words}, but is ${value}`, `write ${Math.min(Math.max(value, min), max)}`);
      }
    },
  );
}

/** Spot capacity and mixed instance types. */
export const SPOT_RULES: readonly NodeGroupRule[] = [
  groupRule(
    {
      id: 'N17a',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: "instanceType is 'mixed' or not set with instancesDistribution or instanceSelector",
    },
    ({ group, error }) => {
      const choice = isSet(group.instancesDistribution) ? PLACE : hasSelector(group) ? 'instanceSelector' : undefined;
      const type = group.instanceType ?? '';
      if (choice !== undefined && type !== '' && type !== 'mixed') {
        error(
          'instanceType',
          `must be 'mixed' or not set with ${choice}, but is ${describe(type)}`,
          "remove instanceType, or write 'mixed'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N17b',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'instancesDistribution requires instanceTypes or an instanceSelector',
    },
    (subject) => {
      const distribution = subject.group.instancesDistribution;
      if (isSet(distribution) && (distribution.instanceTypes?.length ?? 0) === 0 && !hasSelector(subject.group)) {
        subject.error(
          `${PLACE}.instanceTypes`,
          'required without instanceSelector',
          "write for example ['m5.large', 'm5a.large']",
        );
      }
    },
  ),
  groupRule(
    { id: 'N17c', enforcedBy: 'eksctl', only: 'self-managed', title: 'instancesDistribution has at most 20 types' },
    ({ group, error }) => {
      const count = new Set(group.instancesDistribution?.instanceTypes ?? []).size;
      if (count > 20 && !hasSelector(group)) {
        error(`${PLACE}.instanceTypes`, `must have at most 20 types, but has ${count}`, 'remove some of them');
      }
    },
  ),
  range({ id: 'N17d', field: 'onDemandBaseCapacity', min: 0, max: Number.MAX_SAFE_INTEGER }),
  range({ id: 'N17e', field: 'onDemandPercentageAboveBaseCapacity', min: 0, max: 100 }),
  range({ id: 'N17f', field: 'spotInstancePools', min: 1, max: 20 }),
  groupRule(
    {
      id: 'N17g',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'spotInstancePools is not set with a capacity-optimized strategy',
    },
    ({ group, error }) => {
      const { spotInstancePools, spotAllocationStrategy: strategy } = group.instancesDistribution ?? {};
      if (isSet(spotInstancePools) && isSet(strategy) && OPTIMIZED.includes(strategy)) {
        error(
          `${PLACE}.spotInstancePools`,
          `not allowed with '${strategy}', which uses all pools, but is ${spotInstancePools}`,
          'remove spotInstancePools',
        );
      }
    },
  ),
  groupRule(
    { id: 'N17h', enforcedBy: 'eksctl', only: 'self-managed', title: 'spotAllocationStrategy is known' },
    ({ group, error }) => {
      const strategy = group.instancesDistribution?.spotAllocationStrategy;
      if (isSet(strategy) && !STRATEGIES.includes(strategy)) {
        error(
          `${PLACE}.spotAllocationStrategy`,
          `unknown strategy ${describe(strategy)}`,
          "write 'price-capacity-optimized'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'X84',
      enforcedBy: 'aws',
      only: 'self-managed',
      title: "spotAllocationStrategy is not 'diversified', which Auto Scaling groups do not support",
    },
    ({ group, error }) => {
      if (group.instancesDistribution?.spotAllocationStrategy === 'diversified') {
        error(
          `${PLACE}.spotAllocationStrategy`,
          "Auto Scaling groups do not support 'diversified'",
          "write 'price-capacity-optimized'",
        );
      }
    },
  ),
  groupRule({ id: 'X85', enforcedBy: 'aws', title: 'a group with Spot capacity has several types' }, (subject) => {
    const { kind, group } = subject;
    const onDemand = group.instancesDistribution?.onDemandPercentageAboveBaseCapacity ?? 100;
    const spot = kind === 'managed' ? group.spot === true : isSet(group.instancesDistribution) && onDemand < 100;
    const types = namedTypes(subject);
    // a launch template may set the type, which is unknown here
    const unseen = hasSelector(group) || (isSet(group.launchTemplate) && listedTypes(subject).length === 0);
    if (spot && types.length < 2 && !unseen) {
      const only = types[0] ?? DEFAULT_INSTANCE_TYPE;
      const similar = similarTypes(only).slice(0, 2);
      subject.warning(
        kind === 'managed' ? 'instanceTypes' : `${PLACE}.instanceTypes`,
        `should have several types: Spot capacity of '${only}' alone can be interrupted on all nodes at once`,
        similar.length > 0
          ? `write several types of the same size, such as ${describe([only, ...similar])}`
          : `write several types of the same size and architecture as '${only}'`,
      );
    }
  }),
];
