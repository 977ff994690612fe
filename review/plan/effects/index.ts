import type { EffectsOf } from '../model';
import { autoscaling } from './autoscaling';
import { awsPermissions } from './aws-permissions';
import { capacity } from './capacity';
import { configuration } from './configuration';
import { connections } from './connections';
import { disruption } from './disruption';
import { jobs } from './jobs';
import { leftBehindObjects } from './left-behind';
import { loadBalancers } from './load-balancers';
import { permissions } from './permissions';
import { podSecurity } from './pod-security';
import { pods } from './pods';
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
  capacity,
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
