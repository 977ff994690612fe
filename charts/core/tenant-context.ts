import { Inherited } from './inherited';

/** How strict the Pod Security Standard of a namespace is. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** What the workloads of a tenant read of it, and tell it. */
export interface TenantContext {
  readonly namespace: string;
  /** A label on every object. */
  readonly owner: string;
  /** Whether traffic that nobody declared is denied. */
  readonly isolated: boolean;
  readonly podSecurity: PodSecurityLevel;
  /** A workload sits behind a load balancer, which should hold back pods until their target is healthy. */
  needsReadinessGate(): void;
}

/** The tenant of a scope. */
export const tenants = new Inherited<TenantContext>('tenant');
