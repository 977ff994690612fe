import { describe } from '../../kube/describe';
import { groupRule, listedTypes } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';

/** Reserved capacity, and blocks of it. */
export const CAPACITY_RESERVATION_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B14', enforcedBy: 'eksctl', title: 'either capacityReservationPreference or capacityReservationTarget' },
    ({ group, error }) => {
      const { capacityReservationPreference: preference, capacityReservationTarget: target } =
        group.capacityReservation ?? {};
      if (isSet(preference) && isSet(target)) {
        error(
          'capacityReservation.capacityReservationPreference',
          `preference ${describe(preference)} stands beside a target`,
          'leave capacityReservationPreference out: the target says which reservation',
        );
      }
    },
  ),
  groupRule(
    { id: 'B15', enforcedBy: 'eksctl', title: 'capacityReservationPreference is open or none' },
    ({ group, error }) => {
      const preference = group.capacityReservation?.capacityReservationPreference;
      if (isSet(preference) && !['open', 'none'].includes(preference)) {
        error(
          'capacityReservation.capacityReservationPreference',
          `the preference is ${describe(preference)}`,
          "write 'open' (any reservation that fits) or 'none'",
        );
      }
    },
  ),
  groupRule(
    { id: 'B16', enforcedBy: 'eksctl', title: 'either capacityReservationID or capacityReservationResourceGroupARN' },
    ({ group, error }) => {
      const target = group.capacityReservation?.capacityReservationTarget;
      if (isSet(target?.capacityReservationID) && isSet(target.capacityReservationResourceGroupARN)) {
        error(
          'capacityReservation.capacityReservationTarget',
          `both ${describe(target.capacityReservationID)} and a resource group are named`,
          'leave capacityReservationResourceGroupARN out',
        );
      }
    },
  ),
  groupRule(
    { id: 'B17', enforcedBy: 'eksctl', title: 'instanceMarketOptions needs capacityReservation' },
    ({ group, error }) => {
      if (isSet(group.instanceMarketOptions) && !isSet(group.capacityReservation)) {
        error(
          'instanceMarketOptions',
          'there is no capacityReservation for it',
          "add capacityReservation: { capacityReservationTarget: { capacityReservationID: 'cr-0123456789abcdef0' } }",
        );
      }
    },
  ),
  groupRule({ id: 'B18', enforcedBy: 'eksctl', title: 'marketType is capacity-block' }, ({ group, error }) => {
    const market = group.instanceMarketOptions?.marketType;
    if (isSet(group.capacityReservation) && isSet(market) && market !== 'capacity-block') {
      error(
        'instanceMarketOptions.marketType',
        `marketType is ${describe(market)}`,
        "write 'capacity-block'; for Spot, spot: true in a managed group",
      );
    }
  }),
  groupRule(
    { id: 'C24', enforcedBy: 'aws', only: 'managed', title: 'a capacity block is of one instance type' },
    ({ kind, group, error }) => {
      const types = listedTypes({ kind, group });
      if (group.instanceMarketOptions?.marketType === 'capacity-block' && types.length > 1) {
        error(
          'instanceTypes',
          `instanceTypes are ${describe(types)}, but a capacity block is of one type`,
          `write instanceTypes: ['${types[0]}'], the type of the block`,
        );
      }
    },
  ),
  groupRule(
    { id: 'X70', enforcedBy: 'aws', only: 'managed', title: 'either Spot or a capacity block' },
    ({ group, error }) => {
      if (group.spot === true && group.instanceMarketOptions?.marketType === 'capacity-block') {
        error('spot', 'spot stands beside a capacity block, which eksctl takes instead, silently', 'leave spot out');
      }
    },
  ),
];
