import type { Chart } from 'cdk8s';
import { READINESS_GATE } from '../../eks/compute-modes';
import { clusterOf } from '../core/cluster-context';
import { isNamespaceBalanced } from '../network/derived/derive';

/** The label of a namespace whose pods are ready only when their target is healthy. */
export function readinessGate(tenant: Chart, isDeclared: boolean): Record<string, string> {
  return isDeclared || isNamespaceBalanced(tenant, tenant.namespace ?? '')
    ? { [READINESS_GATE[clusterOf(tenant)?.facts.compute ?? 'node-groups']]: 'enabled' }
    : {};
}
