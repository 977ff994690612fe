import type { Quantity } from '../../kube/values';

/** The size of the proxy that a sidecar is. */
export interface ProxyModel {
  readonly cpu: Quantity;
  readonly memory: Quantity;
  /** undefined for none. */
  readonly cpuLimit: Quantity | undefined;
  readonly memoryLimit: Quantity;
}

/** Istio, as the workloads of its tenant see it. */
export interface IstioModel {
  readonly provider: 'istio';
  readonly mode: 'sidecar' | 'ambient';
  readonly revision: string | undefined;
  /** Why pods take plain text on every port; undefined where they do not. */
  readonly permissiveBecause: string | undefined;
  /** Whether only who is declared may call. */
  readonly authorizes: boolean;
  /** Why everyone may call, where the network alone does not say it. */
  readonly openBecause: string | undefined;
  /** Namespaces of others that are in the mesh. */
  readonly namespaces: readonly string[];
  readonly proxy: ProxyModel;
}

/** VPC Lattice, as the workloads of its tenant see it. */
export interface LatticeModel {
  readonly provider: 'lattice';
  /** The ports of the services that pods call. */
  readonly ports: readonly number[];
}

/** What carries the connections of a tenant. */
export type MeshModel = IstioModel | LatticeModel;
