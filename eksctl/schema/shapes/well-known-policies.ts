import type { WellKnownPolicies } from '../../types';
import { struct, TRUTH } from '../kind';

export const WELL_KNOWN_POLICIES = struct<WellKnownPolicies>('WellKnownPolicies', {
  autoScaler: TRUTH,
  awsLoadBalancerController: TRUTH,
  certManager: TRUTH,
  ebsCSIController: TRUTH,
  efsCSIController: TRUTH,
  externalDNS: TRUTH,
  imageBuilder: TRUTH,
});
