import { contentHash } from '../../kube/names';
import { HashedObject, type Naming } from '../core/hashed-object';
import type { ObjectMeta } from '../core/k8s';
import { keptByFlux } from '../core/kept';
import type { KubeObject } from '../core/kube-object';
import { type ClaimTemplate, claimSpec } from '../pods/claim-rendering';
import type { PodModel } from './pod';

/** The templates of a workload's claims, by the names of the claims. */
export type ClaimTemplates = Readonly<Record<string, KubeObject<ClaimTemplate>>>;

const NAMING: Naming<ClaimTemplate> = { hash: ({ spec }) => contentHash(JSON.stringify(spec)) };
const NONE: ClaimTemplates = Object.freeze({});
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * A ResourceClaimTemplate for each claim that is not of an object that exists. It cannot be changed, so its name has a hash
 * of its content, and Argo CD keeps the old one for a rollback.
 */
export function claimTemplates(
  pod: PodModel,
  metadata: (name: string) => ObjectMeta & { name: string },
): ClaimTemplates {
  if (pod.claims.length === 0) {
    return NONE;
  }
  const made: Record<string, KubeObject<ClaimTemplate>> = {};
  for (const { name, source } of pod.claims) {
    if (!('requests' in source)) {
      continue;
    }
    const { requests, matchAttributes } = source;
    const head: ClaimTemplate = {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: metadata(`${pod.name}-${name}`),
      spec: claimSpec(requests, matchAttributes),
    };
    const render = (): ClaimTemplate => {
      const meta = metadata(`${pod.name}-${name}`);
      return {
        ...head,
        metadata: {
          ...meta,
          annotations: keptByFlux(pod.construct, { ...meta.annotations, [SYNC_OPTIONS]: 'Prune=false' }),
        },
        spec: claimSpec(requests, matchAttributes),
      };
    };
    made[name] = new HashedObject(pod.construct, `Claim-${name}`, head, render, NAMING);
  }
  return made;
}

/** The names of the templates, by the names of the claims. */
export function templateNames(templates: ClaimTemplates): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name in templates) {
    found[name] = templates[name]!.name;
  }
  return found;
}
