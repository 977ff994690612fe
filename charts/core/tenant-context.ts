import type { PodSecurityLevel } from '../../kube/pod-security/levels';
import { Inherited } from './inherited';
import type { MeshModel } from './mesh';

/** A tenant, as its workloads see it. */
export interface TenantContext {
  readonly namespace: string;
  /** The value of the label `owner`. */
  readonly owner: string;
  /** Whether undeclared traffic is denied. */
  readonly isolated: boolean;
  readonly podSecurity: PodSecurityLevel;
  /** The tenant whose dedicated nodes its pods run on; undefined on those that all share. */
  readonly nodes: string | undefined;
  readonly mesh: MeshModel | undefined;
  /** Called by a workload behind a load balancer, so that its pods become ready only when their target is healthy. */
  needsReadinessGate(): void;
}

/** The tenant of a scope. */
export const tenants = new Inherited<TenantContext>('tenant');
