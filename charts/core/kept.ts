import type { IConstruct } from 'constructs';
import { AppSlot } from './app-state';

/** What delivers an app to its cluster. */
export type Deliverer = 'argo' | 'flux';

/** The annotations with which each of them keeps an object that is no longer in the repository. */
export const KEEP = {
  argo: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  flux: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
} as const;

type Annotations = Readonly<Record<string, string>> | undefined;

const deliverers = new AppSlot<Set<Deliverer>>('deliverers', () => new Set());

/** Declares what delivers the app of a construct. */
export function declareDeliverer(construct: IConstruct, deliverer: Deliverer): void {
  deliverers.of(construct).add(deliverer);
}

/** The annotations of an object whose deletion loses data: a namespace, with all that is in it, or a claim. */
export function kept<A extends Annotations>(construct: IConstruct, annotations: A): Record<string, string> | A {
  return withKeep(annotations, [...deliverers.of(construct)]);
}

/** The annotations of an object that running pods and rollbacks read after it has left the program. For Argo CD it has them. */
export function keptByFlux<A extends Annotations>(construct: IConstruct, annotations: A): Record<string, string> | A {
  return withKeep(annotations, deliverers.of(construct).has('flux') ? ['flux'] : []);
}

function withKeep<A extends Annotations>(annotations: A, names: readonly Deliverer[]): Record<string, string> | A {
  return names.length === 0 ? annotations : Object.assign({ ...annotations }, ...names.map((name) => KEEP[name]));
}
