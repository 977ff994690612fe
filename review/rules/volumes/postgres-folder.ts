import { isEbsDriver } from '../../../eks/compute-modes';
import type { Container, VolumeMount } from '../../../imports/kubernetes';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { POSTGRES_FOLDER, postgresFolder } from '../../../kube/postgres';
import { claimedVolumes, volumeIndex } from '../../cluster/volumes';
import { podTexts } from '../../pod-texts';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** A data folder of PostgreSQL that is the volume itself. */
export const rule: Rule = {
  id: 'volumes/postgres-folder',
  title: 'the data folder of PostgreSQL is a folder below its volume',
  severity: 'error',
  why: 'initdb sets the mode of the data folder and asks that it is empty. The top of a volume belongs to root, and on EBS has the folder lost+found; a subPath is made by the kubelet as root. A folder below it belongs to the user that creates it.',
  source: 'https://github.com/docker-library/docs/blob/master/postgres/content.md#pgdata',
  bad: database('/var/lib/postgresql/data'),
  good: database('/var/lib/postgresql/data/pgdata'),
  check: checkSuspects(
    suspectContainers(
      ({ container, role }) =>
        role === 'main' &&
        container.command === undefined &&
        container.volumeMounts !== undefined &&
        typeof container.image === 'string' &&
        postgresFolder(container.image) !== undefined,
    ),
    (pod, report, { inventory }) => {
      for (const { container, field, role } of podContainers(pod)) {
        const usual =
          role === 'main' && typeof container.image === 'string' ? postgresFolder(container.image) : undefined;
        if (usual === undefined || container.command !== undefined) {
          continue;
        }
        const given = folderGiven(inventory, pod, container);
        const mounts = container.volumeMounts ?? [];
        const place = { field: `${field}.volumeMounts`, container: container.name };
        const at = (folder: string) => mounts.find(({ mountPath }) => trimmed(mountPath) === trimmed(folder));
        const [mount, unused] = [given === 'unknown' ? undefined : at(given ?? usual), at(POSTGRES_FOLDER)];
        const kind = mount && kindOf(inventory, pod, mount);
        if (mount && kind !== undefined && !(isRoot(pod, container) && mount.subPath !== undefined)) {
          report(pod, {
            ...place,
            ...(kind === 'unknown' ? { severity: 'warning' } : {}),
            message: `the data folder of PostgreSQL in container '${container.name}' of ${title(pod)} is '${mount.mountPath}', the ${mount.subPath === undefined ? 'top' : 'subPath'} of volume '${mount.name}', which belongs to root: initdb cannot set its mode`,
            fix: `write env: { PGDATA: '${trimmed(mount.mountPath ?? '')}/pgdata' }`,
          });
        } else if (given === undefined && usual !== POSTGRES_FOLDER && unused) {
          report(pod, {
            ...place,
            message: `'${container.image}' keeps its files in '${usual}', and its entry point refuses a volume at '${POSTGRES_FOLDER}'`,
            fix: `mount it at '/var/lib/postgresql', or write env: { PGDATA: '${POSTGRES_FOLDER}/pgdata' }`,
          });
        }
      }
    },
  ),
};

const trimmed = (path: string | undefined): string => (path ?? '').replace(/\/+$/, '');

/** PGDATA of a container; undefined where it is not set, 'unknown' where a Secret or another set has it. */
function folderGiven(inventory: Inventory, pod: PodObject, { name, env = [], envFrom = [] }: Container) {
  const text = podTexts(inventory, pod).filter(
    (one) => one.kind === 'variable' && one.name === 'PGDATA' && one.container === name,
  );
  // what stands in env wins over envFrom
  const own = text.find(({ position }) => position !== undefined) ?? text.at(-1);
  const elsewhere =
    env.some((one) => one.name === 'PGDATA') || (envFrom.length > 0 && envFrom.some(({ secretRef }) => secretRef));
  return own?.text ?? (elsewhere ? 'unknown' : undefined);
}

function isRoot({ spec }: PodObject, { securityContext }: Container): boolean {
  return (securityContext?.runAsUser ?? spec.securityContext?.runAsUser) === 0;
}

/** What a volume is: one whose top belongs to root, or one that may have another owner, as on EFS. */
function kindOf(inventory: Inventory, pod: PodObject, { name }: VolumeMount): 'root' | 'unknown' | undefined {
  const volume = pod.spec.volumes?.find((one) => one.name === name);
  if (volume?.emptyDir) {
    return 'root';
  }
  const claims = claimedVolumes(pod, volumeIndex(inventory));
  const claim = claims.find((one) => one.claim === (volume?.persistentVolumeClaim?.claimName ?? name));
  return claim && (isEbsDriver(claim.driver) ? 'root' : 'unknown');
}

function database(folder: string): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      securityContext: { runAsUser: 999, fsGroup: 999 }
      containers:
        - name: db
          image: postgres:16.1
          env: [{ name: PGDATA, value: ${folder} }]
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data, subPath: data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`;
}
