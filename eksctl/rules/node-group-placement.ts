import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { groupRule } from './group-rule';
import { hardTaints } from './node-group-labels-taints';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const count = (list: readonly unknown[] | null | undefined): number => list?.length ?? 0;

/** Where the nodes of a group are: zones, subnets, placement groups, Outposts. */
export const PLACEMENT_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B7', enforcedBy: 'eksctl', title: 'subnets and availabilityZones are mutually exclusive' },
    ({ group, error }) => {
      if (count(group.subnets) > 0 && count(group.availabilityZones) > 0) {
        error(
          'availabilityZones',
          `cannot be combined with subnets ${describe(group.subnets)}, but is ${describe(group.availabilityZones)}`,
          'remove availabilityZones: the subnets determine the zones',
        );
      }
    },
  ),
  groupRule({ id: 'B8', enforcedBy: 'eksctl', title: 'placement has a groupName' }, ({ group, error }) => {
    if (isSet(group.placement) && !isNonEmptyString(group.placement.groupName)) {
      error('placement.groupName', 'required', "write for example 'my-placement-group', or remove placement");
    }
  }),
  groupRule(
    { id: 'B9', enforcedBy: 'eksctl', title: 'efaEnabled requires at most one subnet or zone' },
    ({ group, error }) => {
      for (const field of ['availabilityZones', 'subnets'] as const) {
        const list = group[field] ?? [];
        if (group.efaEnabled === true && list.length > 1) {
          error(
            field,
            `must have at most one entry with efaEnabled, but is ${describe(list)}`,
            `write ${field}: [${describe(list[0])}]`,
          );
        }
      }
    },
  ),
  // pkg/addons/assets/efa-device-plugin.yaml of eksctl
  groupRule(
    { id: 'X112', enforcedBy: 'aws', title: 'the device plugin of EFA tolerates the taints of its groups' },
    ({ group, warning }) => {
      const tolerated = (key: unknown, effect: unknown) =>
        key === 'CriticalAddonsOnly' || (key === 'aws.amazon.com/efa' && effect === 'NoSchedule');
      const taint = hardTaints(group).find(({ key, effect }) => !tolerated(key, effect));
      if (group.efaEnabled === true && taint) {
        warning(
          'taints',
          `the device plugin that eksctl installs for EFA does not tolerate ${describe(taint.key)} with ${taint.effect}: the nodes hand out no adapter, and pods that ask for one stay pending`,
          'write the taint aws.amazon.com/efa with NoSchedule instead, which the pods then tolerate',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N22',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'localZones and availabilityZones are mutually exclusive',
    },
    ({ group, error }) => {
      if (count(group.localZones) > 0 && count(group.availabilityZones) > 0) {
        error(
          'localZones',
          `cannot be combined with availabilityZones ${describe(group.availabilityZones)}, but is ${describe(group.localZones)}`,
          'split it into two groups',
        );
      }
    },
  ),
  groupRule(
    { id: 'N23a', enforcedBy: 'eksctl', only: 'self-managed', title: 'outpostARN is the ARN of an Outpost' },
    ({ group, error }) => {
      const { outpostARN } = group;
      if (isNonEmptyString(outpostARN) && parseArn(outpostARN)?.service !== 'outposts') {
        error(
          'outpostARN',
          `must be the ARN of an Outpost, but is ${describe(outpostARN)}`,
          "write for example 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N23b',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'outpostARN is the Outpost of the control plane, if there is one',
    },
    ({ group, config, error }) => {
      const home = config.outpost?.controlPlaneOutpostARN;
      if (isNonEmptyString(home) && isNonEmptyString(group.outpostARN) && group.outpostARN !== home) {
        error(
          'outpostARN',
          `must be the Outpost of the control plane, but is ${describe(group.outpostARN)}`,
          `remove it, or write ${describe(home)}`,
        );
      }
    },
  ),
  groupRule(
    { id: 'N23d', enforcedBy: 'eksctl', only: 'self-managed', title: 'a group on Outposts has no zones' },
    ({ group, config, error }) => {
      for (const field of ['availabilityZones', 'localZones'] as const) {
        if ((isOnOutposts(config) || isNonEmptyString(group.outpostARN)) && count(group[field]) > 0) {
          error(field, `not allowed on Outposts, but is ${describe(group[field])}`, `remove ${field}`);
        }
      }
    },
  ),
  groupRule(
    { id: 'M2', enforcedBy: 'eksctl', only: 'managed', title: 'a managed group has no outpostARN' },
    ({ group, error }) => {
      if (isNonEmptyString(group.outpostARN)) {
        error(
          'outpostARN',
          `not supported by managed groups, but is ${describe(group.outpostARN)}`,
          'move the group to nodeGroups, or remove outpostARN',
        );
      }
    },
  ),
];
