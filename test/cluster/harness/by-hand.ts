import type { V1Container, V1Deployment, V1PersistentVolumeClaim, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { IMAGE } from '../../support/app';

/** A container as a restricted namespace demands it, which says nothing about resources. */
export const CONTAINER: V1Container = {
  name: 'main',
  image: IMAGE,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
/** A pod as a restricted namespace demands it. */
export const POD: V1PodSpec = {
  securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [CONTAINER],
};

/** A pod that somebody made by hand. */
export const podByHand = (spec: V1PodSpec = POD): V1Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'by-hand-' },
  spec,
});

export function deploymentByHand(name: string, replicas: number): V1Deployment {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: POD } },
  };
}

/** @param storageClassName by default the class of the cluster */
export const claimByHand = (storage: string, storageClassName?: string): V1PersistentVolumeClaim => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { generateName: 'by-hand-' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage } },
    ...(storageClassName === undefined ? {} : { storageClassName }),
  },
});

/** What the API server says to a request that it refuses. */
export async function refusal(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (e) {
    const { body } = e as { readonly body?: string };
    if (body !== undefined) {
      return (JSON.parse(body) as { readonly message: string }).message;
    }
    throw e;
  }
  throw new Error('nothing was refused');
}
