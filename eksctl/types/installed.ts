import type { Texts } from './common';

/** Karpenter, which eksctl installs once with Helm. Needs `iam.withOIDC`. */
export interface Karpenter {
  /** 'v1.14.1'; 0.20 or newer. */
  readonly version: string;
  /** The Helm chart makes the service account, and eksctl only its role. @default false: eksctl makes both */
  readonly createServiceAccount?: boolean;
  /** An existing instance profile of the nodes. @default - eksctl makes one */
  readonly defaultInstanceProfile?: string;
  /** A queue by which Karpenter hears that Spot nodes go. @default false */
  readonly withSpotInterruptionQueue?: boolean;
}

/** What installs the workloads from Git. */
export interface GitOps {
  /** Flux 2, by its own program `flux`, which must be installed where eksctl runs. @default - none */
  readonly flux?: Flux;
}

/** How `flux bootstrap` is called. */
export interface Flux {
  /** Its flags by name, without '--': { owner: 'acme', repository: 'fleet' }. */
  readonly flags: FluxFlags;
  /** Where the repository is: `flux bootstrap` has a command for each. */
  readonly gitProvider: 'git' | 'github' | 'gitlab' | (string & {});
}

/** Flags of `flux bootstrap`, without '--'; every value is text. */
export type FluxFlags = Texts;
