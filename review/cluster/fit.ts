import { devicePluginFindings } from './device-plugins';
import { fargateFindings } from './fargate';
import { identityFindings } from './identities';
import { type FitCheck, type FitFindings, type FitInput, joined } from './input';
import { modeFindings } from './modes';
import { nodeClassFindings } from './node-classes';
import { placementFindings } from './placement';
import { privateClusterFindings } from './private-cluster';
import { zoneFindings } from './zones';

const CHECKS: readonly FitCheck[] = [
  modeFindings,
  zoneFindings,
  nodeClassFindings,
  placementFindings,
  fargateFindings,
  identityFindings,
  privateClusterFindings,
  devicePluginFindings,
];

/** Where the workloads and the cluster contradict each other. Pure, and linear in objects times node groups. */
export function fitFindings(input: FitInput): FitFindings {
  return joined(CHECKS.map((check) => check(input)));
}
