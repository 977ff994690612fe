import { ADDONS } from './addons';
import type { Case } from './case';
import { CONTROL_PLANE } from './control-plane';
import { IDENTITY } from './identity';
import { NETWORK } from './network';
import { NODE_GROUPS } from './node-groups';
import { VERSIONS } from './versions';

/** Changes of each part of a cluster. */
export const PARTS: Readonly<Record<string, readonly Case[]>> = {
  'Control plane': CONTROL_PLANE,
  'Version of Kubernetes': VERSIONS,
  Network: NETWORK,
  'Access and permissions': IDENTITY,
  'Add-ons, capabilities, Fargate': ADDONS,
  'Node groups': NODE_GROUPS,
};

export const CASES: readonly Case[] = Object.values(PARTS).flat();
