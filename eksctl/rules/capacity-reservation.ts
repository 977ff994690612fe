import { describe } from '../../kube/describe';
import { groupRule, listedTypes } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';

/** Reserved capacity, and blocks of it. */
export const CAPACITY_RESERVATION_RULES: readonly NodeGroupRule[] = [
  groupRule(
    {
      id: 'B14',
      enforcedBy: 'eksctl',
      title: 'capacityReservationPreference and capacityReservationTarget are mutually exclusive',
    },
    ({ group, error }) => {
      const { capacityReservationPreference: preference, capacityReservationTarget: target } =
        group.capacityReservation ?? {};
      if (isSet(preference) && isSet(target)) {
        error(
          'capacityReservation.capacityReservationPreference',
          `cannot be combined with 'capacityReservationTarget', but is ${describe(preference)}`,
          'remove capacityReservationPreference',
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
          `must be 'open' or 'none', but is ${describe(preference)}`,
          "write 'open' (any matching reservation) or 'none'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'B16',
      enforcedBy: 'eksctl',
      title: 'capacityReservationID and capacityReservationResourceGroupARN are mutually exclusive',
    },
    ({ group, error }) => {
      const target = group.capacityReservation?.capacityReservationTarget;
      if (isSet(target?.capacityReservationID) && isSet(target.capacityReservationResourceGroupARN)) {
        error(
          'capacityReservation.capacityReservationTarget',
          `must have either an id or a resource group, but has both, with id ${describe(target.capacityReservationID)}`,
          'remove capacityReservationResourceGroupARN',
        );
      }
    },
  ),
  groupRule(
    { id: 'B17', enforcedBy: 'eksctl', title: 'instanceMarketOptions requires capacityReservation' },
    ({ group, error }) => {
      if (isSet(group.instanceMarketOptions) && !isSet(group.capacityReservation)) {
        error(
          'instanceMarketOptions',
          'requires capacityReservation',
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
        `must be 'capacity-block', but is ${describe(market)}`,
        "write 'capacity-block'. For Spot capacity, write `spot: true` in a managed group",
      );
    }
  }),
  groupRule(
    { id: 'C24', enforcedBy: 'aws', only: 'managed', title: 'a capacity block has one instance type' },
    ({ kind, group, error }) => {
      const types = listedTypes({ kind, group });
      if (group.instanceMarketOptions?.marketType === 'capacity-block' && types.length > 1) {
        error(
          'instanceTypes',
          `must have one type for a capacity block, but is ${describe(types)}`,
          `write instanceTypes: ['${types[0]}'], the type of the block`,
        );
      }
    },
  ),
  groupRule(
    { id: 'X70', enforcedBy: 'aws', only: 'managed', title: 'Spot and a capacity block are mutually exclusive' },
    ({ group, error }) => {
      if (group.spot === true && group.instanceMarketOptions?.marketType === 'capacity-block') {
        error('spot', 'cannot be combined with a capacity block, which eksctl uses silently', 'remove spot');
      }
    },
  ),
];
