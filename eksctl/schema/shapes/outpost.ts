import type { Outpost, Placement } from '../../types';
import { struct, TEXT } from '../kind';

export const PLACEMENT = struct<Placement>('Placement', {
  groupName: TEXT,
  spreadLevel: TEXT,
});

export const OUTPOST = struct<Outpost>('Outpost', {
  controlPlaneInstanceType: TEXT,
  controlPlaneOutpostARN: TEXT,
  controlPlanePlacement: PLACEMENT,
  etcdInstanceType: TEXT,
  etcdPlacement: PLACEMENT,
});
