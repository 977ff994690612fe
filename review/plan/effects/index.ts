import type { EffectsOf } from '../model';
import { autoscaling } from './autoscaling';
import { awsPermissions } from './aws-permissions';
import { configuration } from './configuration';
import { connections } from './connections';
import { disruption } from './disruption';
import { jobs } from './jobs';
import { leftBehindObjects } from './left-behind';
import { loadBalancers } from './load-balancers';
import { nodeCapacity } from './node-capacity';
import { permissions } from './permissions';
import { podSecurity } from './pod-security';
import { pods } from './pods';
import { quotaCapacity } from './quota-capacity';
import { scale } from './scale';
import { services } from './services';
import { versions } from './versions';
import { volumes } from './volumes';

/** Every kind of effect, a file each. */
export const EFFECTS: readonly EffectsOf[] = [
  pods,
  scale,
  autoscaling,
  jobs,
  configuration,
  quotaCapacity,
  nodeCapacity,
  volumes,
  services,
  connections,
  loadBalancers,
  permissions,
  awsPermissions,
  disruption,
  podSecurity,
  versions,
  leftBehindObjects,
];
