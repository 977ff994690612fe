/** What users need of this folder; charts/index.ts exports it. */
export { ArgoApplication } from './argo-application';
export type { ArgoApplicationObjects, ArgoApplicationProps, ArgoDifference } from './argo-application-props';
export { FluxKustomization } from './flux-kustomization';
export type { FluxKustomizationObjects, FluxKustomizationProps, FluxRevision } from './flux-kustomization-props';
