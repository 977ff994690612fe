import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const count = (list: readonly unknown[] | null | undefined): number => list?.length ?? 0;

/** Where the nodes of a group are: zones, subnets, placement groups, Outposts. */
export const PLACEMENT_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B7', enforcedBy: 'eksctl', title: 'either subnets or availabilityZones' }, ({ group, error }) => {
    if (count(group.subnets) > 0 && count(group.availabilityZones) > 0) {
      error(
        'availabilityZones',
        `zones ${describe(group.availabilityZones)} stand beside subnets ${describe(group.subnets)}`,
        'leave availabilityZones out: the subnets say the zones',
      );
    }
  }),
  groupRule({ id: 'B8', enforcedBy: 'eksctl', title: 'placement needs a groupName' }, ({ group, error }) => {
    if (isSet(group.placement) && !isNonEmptyString(group.placement.groupName)) {
      error(
        'placement.groupName',
        `groupName is ${describe(group.placement.groupName ?? undefined)}`,
        "name the placement group: 'my-placement-group', or leave placement out",
      );
    }
  }),
  groupRule(
    { id: 'B9', enforcedBy: 'eksctl', title: 'efaEnabled with at most one subnet or zone' },
    ({ group, error }) => {
      for (const field of ['availabilityZones', 'subnets'] as const) {
        const list = group[field] ?? [];
        if (group.efaEnabled === true && list.length > 1) {
          error(
            field,
            `efaEnabled needs nodes close together, and ${field} are ${describe(list)}`,
            `write ${field}: [${describe(list[0])}]`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'N22', enforcedBy: 'eksctl', only: 'self-managed', title: 'either localZones or availabilityZones' },
    ({ group, error }) => {
      if (count(group.localZones) > 0 && count(group.availabilityZones) > 0) {
        error(
          'localZones',
          `localZones ${describe(group.localZones)} stand beside availabilityZones ${describe(group.availabilityZones)}`,
          'make one group for the local zones and another for the others',
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
          `outpostARN is ${describe(outpostARN)}`,
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
      title: "outpostARN is the control plane's, if that is on Outposts",
    },
    ({ group, config, error }) => {
      const home = config.outpost?.controlPlaneOutpostARN;
      if (isNonEmptyString(home) && isNonEmptyString(group.outpostARN) && group.outpostARN !== home) {
        error(
          'outpostARN',
          `outpostARN is ${describe(group.outpostARN)}, the control plane's is another`,
          `leave it out, or write ${describe(home)}`,
        );
      }
    },
  ),
  groupRule(
    { id: 'N23d', enforcedBy: 'eksctl', only: 'self-managed', title: 'a group on Outposts names no zones' },
    ({ group, config, error }) => {
      for (const field of ['availabilityZones', 'localZones'] as const) {
        if ((isOnOutposts(config) || isNonEmptyString(group.outpostARN)) && count(group[field]) > 0) {
          error(
            field,
            `${field} are ${describe(group[field])}, but the zone of a group on Outposts is that of the Outpost`,
            `leave ${field} out`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'M2', enforcedBy: 'eksctl', only: 'managed', title: 'no outpostARN in a managed group' },
    ({ group, error }) => {
      if (isNonEmptyString(group.outpostARN)) {
        error(
          'outpostARN',
          `outpostARN is ${describe(group.outpostARN)}; managed groups cannot be on Outposts`,
          'move the group to nodeGroups, or leave outpostARN out',
        );
      }
    },
  ),
];
