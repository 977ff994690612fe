import type { V1PersistentVolume, V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Kube } from './kube';
import { Loop } from './loop';
import { ZONE } from './nodes';
import { isReady } from './snapshots';

const PERIOD = 500;
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const DISKS = ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com'];
const FILES = ['efs.csi.aws.com'];

/**
 * What the CSI drivers of EBS and EFS do to the API: they make a volume, of EBS in the zone of the node that the scheduler
 * chose, grow it when the claim asks for more, and remove it when nobody claims it any more and its class says so.
 */
export class CsiDrivers {
  private readonly loop: Loop;

  constructor(private readonly kube: Kube) {
    this.loop = new Loop(PERIOD, () => this.reconcile());
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async reconcile(): Promise<void> {
    const [claims, volumes] = await Promise.all([
      this.kube.core.listPersistentVolumeClaimForAllNamespaces(),
      this.kube.core.listPersistentVolume(),
    ]);
    const byName = new Map(volumes.items.map((volume) => [volume.metadata!.name!, volume]));
    for (const claim of claims.items) {
      const volume = byName.get(volumeName(claim));
      if (!volume) {
        await this.provision(claim);
      } else if (claim.status?.phase === 'Bound') {
        await this.grow(claim, volume);
      }
    }
    for (const { metadata, spec, status } of volumes.items) {
      if (status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Delete') {
        await this.kube.core.deletePersistentVolume({ name: metadata!.name! });
      }
    }
  }

  private async provision(claim: V1PersistentVolumeClaim): Promise<void> {
    const node = claim.metadata?.annotations?.[SELECTED_NODE];
    const className = claim.spec?.storageClassName;
    if (!className || claim.spec?.volumeName) {
      return;
    }
    const storageClass = await this.kube.storage.readStorageClass({ name: className });
    const { dataSource } = claim.spec!;
    if (
      dataSource?.kind === 'VolumeSnapshot' &&
      !(await isReady(this.kube, claim.metadata!.namespace!, dataSource.name))
    ) {
      return;
    }
    const copied = dataSource?.kind === 'PersistentVolumeClaim' ? dataSource.name : undefined;
    const source = copied === undefined ? undefined : await this.volumeOf(claim.metadata!.namespace!, copied);
    if (copied !== undefined && !source) {
      return;
    }
    const isDisk = DISKS.includes(storageClass.provisioner);
    if (!(isDisk ? node : FILES.includes(storageClass.provisioner))) {
      return;
    }
    // a copy is made where its source is, whichever node was chosen
    const zone = source
      ? zoneOf(source)
      : isDisk && (await this.kube.core.readNode({ name: node! })).metadata!.labels![ZONE]!;
    const { name, namespace, uid } = claim.metadata!;
    await this.kube.core.createPersistentVolume({
      body: {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {
          name: volumeName(claim),
          annotations: { 'pv.kubernetes.io/provisioned-by': storageClass.provisioner },
        },
        spec: {
          accessModes: claim.spec!.accessModes,
          capacity: { storage: claim.spec!.resources!.requests!.storage! },
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
          csi: {
            ...(dataSource ? { volumeAttributes: { filledFrom: dataSource.name } } : {}),
            driver: storageClass.provisioner,
            ...(isDisk ? { fsType: 'ext4' } : {}),
            volumeHandle: `vol-${uid}`,
          },
          ...(zone
            ? {
                nodeAffinity: {
                  required: {
                    nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: 'In', values: [zone] }] }],
                  },
                },
              }
            : {}),
          persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
          storageClassName: className,
        },
      },
    });
  }

  /** The volume of a claim, where it has one. */
  private async volumeOf(namespace: string, name: string): Promise<V1PersistentVolume | undefined> {
    const { items } = await this.kube.core.listNamespacedPersistentVolumeClaim({ namespace });
    const claim = items.find(({ metadata, status }) => metadata!.name === name && status?.phase === 'Bound');
    return claim && this.kube.core.readPersistentVolume({ name: claim.spec!.volumeName! });
  }

  private async grow(claim: V1PersistentVolumeClaim, volume: V1PersistentVolume): Promise<void> {
    const wanted = claim.spec!.resources!.requests!.storage!;
    if (claim.status?.capacity?.storage === wanted) {
      return;
    }
    const { name, namespace } = claim.metadata!;
    await this.kube.core.replacePersistentVolume({
      name: volume.metadata!.name!,
      body: { ...volume, spec: { ...volume.spec, capacity: { storage: wanted } } },
    });
    await this.kube.core.replaceNamespacedPersistentVolumeClaimStatus({
      name: name!,
      namespace: namespace!,
      body: { ...claim, status: { ...claim.status, capacity: { storage: wanted } } },
    });
  }
}

/** The zone that a volume is in. */
const zoneOf = ({ spec }: V1PersistentVolume): string | undefined =>
  spec!.nodeAffinity?.required?.nodeSelectorTerms[0]?.matchExpressions?.[0]?.values?.[0];

/** As the external provisioner names it. */
const volumeName = ({ metadata }: V1PersistentVolumeClaim): string => `pvc-${metadata!.uid}`;
