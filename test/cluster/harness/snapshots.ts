import { ApiException } from '@kubernetes/client-node';
import type { Kube } from './kube';
import { Loop } from './loop';

const SNAPSHOTS = { group: 'snapshot.storage.k8s.io', version: 'v1', plural: 'volumesnapshots' } as const;

/** A VolumeSnapshot, as far as it is looked at. */
export interface Snapshot {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Record<string, string> };
  readonly spec: { readonly volumeSnapshotClassName: string; readonly source: { persistentVolumeClaimName: string } };
  status?: { readonly readyToUse: boolean; readonly error?: { readonly message: string } };
}

/** What the snapshot controller and the driver do to the API: a snapshot of a bound claim becomes ready, others fail. */
export class SnapshotController {
  private readonly loop: Loop;

  constructor(private readonly kube: Kube) {
    this.loop = new Loop(300, () => this.reconcile());
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async reconcile(): Promise<void> {
    const { items } = await this.kube.custom.listClusterCustomObject({ ...SNAPSHOTS });
    for (const snapshot of items as Snapshot[]) {
      if (snapshot.status === undefined) {
        const { name, namespace } = snapshot.metadata;
        const claim = snapshot.spec.source.persistentVolumeClaimName;
        const { items: claims } = await this.kube.core.listNamespacedPersistentVolumeClaim({ namespace });
        const isBound = claims.some((one) => one.metadata!.name === claim && one.status?.phase === 'Bound');
        const status = isBound
          ? { readyToUse: true }
          : { readyToUse: false, error: { message: `claim ${claim} is not bound` } };
        await this.kube.custom.replaceNamespacedCustomObjectStatus({
          ...SNAPSHOTS,
          namespace,
          name,
          body: { ...snapshot, status },
        });
      }
    }
  }
}

/** The snapshots of a namespace, by name. */
export async function snapshotsOf(kube: Kube, namespace: string): Promise<Snapshot[]> {
  const { items } = await kube.custom.listNamespacedCustomObject({ ...SNAPSHOTS, namespace });
  return (items as Snapshot[]).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Whether a snapshot is there and can be restored. */
export async function isReady(kube: Kube, namespace: string, name: string): Promise<boolean> {
  try {
    const snapshot = (await kube.custom.getNamespacedCustomObject({ ...SNAPSHOTS, namespace, name })) as Snapshot;
    return snapshot.status?.readyToUse === true;
  } catch (e) {
    if (e instanceof ApiException && e.code === 404) {
      return false;
    }
    throw e;
  }
}
