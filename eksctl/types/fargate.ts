import type { ARN, Texts } from './common';

/** Pods that run on Fargate, in place of nodes: those of some namespaces, with some labels. Can never change. */
export interface FargateProfile {
  /** A name of yours, once in the cluster; EKS refuses 'eks-' at the beginning. */
  readonly name: string;
  /** Which pods; one that matches is enough. One to five. */
  readonly selectors: readonly FargateProfileSelector[];
  /** An existing role of Fargate's agents. @default - `iam.fargatePodExecutionRoleARN`, or one that eksctl makes */
  readonly podExecutionRoleARN?: ARN;
  /** Written by eksctl when it lists them; never write it. */
  readonly status?: string;
  /** Private subnets of the pods. @default - all private subnets of the cluster */
  readonly subnets?: readonly string[];
  /** Tags of the profile. @default - none */
  readonly tags?: Texts;
}

/** Pods of one namespace. */
export interface FargateProfileSelector {
  /** The namespace. */
  readonly namespace: string;
  /** Labels that a pod must all have. @default - every pod of the namespace */
  readonly labels?: Texts;
}
