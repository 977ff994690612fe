/** What users need of this folder; charts/index.ts exports it. */
export { ArgoApplication } from './argo-application';
export type {
  ArgoApplicationObjects,
  ArgoApplicationProps,
  ArgoDifference,
  ArgoSync,
} from './argo-application-props';
export { ArgoApplicationSet } from './argo-application-set';
export type { ArgoApplicationSetObjects, ArgoApplicationSetProps } from './argo-application-set-props';
export type { ArgoClusters, ArgoDirectories, ArgoTarget } from './argo-generator';
export { ArgoGenerator } from './argo-generator';
export { FluxKustomization } from './flux-kustomization';
export type { FluxKustomizationObjects, FluxKustomizationProps, FluxRevision } from './flux-kustomization-props';
