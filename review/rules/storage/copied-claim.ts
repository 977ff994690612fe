import { installedDriver, isEbsDriver } from '../../../eks/compute-modes';
import { EBS_COPIES, WITHOUT_COPIES } from '../../../eks/storage-drivers';
import type { PersistentVolumeClaimSpec, StorageClass } from '../../../imports/kubernetes';
import { copiedClaim } from '../../../kube/claims';
import { type Inventory, title } from '../../../kube/inventory';
import { formatBytes, quantityOf } from '../../../kube/quantity';
import { isAtLeast } from '../../../kube/versions';
import { workloadKind } from '../../../kube/workload-kinds';
import { claimingObjects } from '../../claims';
import { classOf, type VolumeIndex, volumeIndex } from '../../cluster/volumes';
import type { ClusterSide } from '../../cluster-side';
import type { Problem, Rule } from '../../rule';

type Spec = Partial<PersistentVolumeClaimSpec>;

/** Claims that are copied from another, which the driver would refuse. */
export const rule: Rule = {
  id: 'storage/copied-claim',
  title: 'a claim that is a copy of another has its driver and key, and is not smaller',
  severity: 'error',
  why: 'The driver refuses the copy: the claim stays pending, and so do its pods. The source of a claim cannot be changed later.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/',
  refusedBy: 'controller',
  bad: manifests('10Gi'),
  good: manifests('20Gi'),
  check: ({ inventory, cluster }, report) => {
    // most sets have no copies
    let known: { readonly index: VolumeIndex; readonly members: ReadonlyMap<string, Spec> } | undefined;
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const name = copiedClaim(spec);
        if (name === undefined) {
          continue;
        }
        known ??= { index: volumeIndex(inventory), members: memberClaims(inventory) };
        const { index, members } = known;
        const at = `${object.namespace}/${name}`;
        const problem = problemOf(spec, index.claims.get(at) ?? members.get(at), name, index, cluster);
        if (problem) {
          report(object, {
            ...problem,
            message: `a claim of ${title(object)} ${problem.message}`,
            field: `${field}.${problem.field}`,
          });
        }
      }
    }
  },
};

/** The claims that the members of sets have by their templates, by 'namespace/template-set-'. */
function memberClaims(inventory: Inventory): ReadonlyMap<string, Spec> {
  const found = new Map<string, Spec>();
  for (const { manifest, namespace } of inventory.ofKind('StatefulSet', 'apps')) {
    const spec = manifest.spec ?? {};
    const kind = workloadKind(manifest);
    const { ordinals } = spec as { readonly ordinals?: { readonly start?: number } };
    const first = ordinals?.start ?? 0;
    for (const template of kind?.claims?.(spec) ?? []) {
      for (let i = 0; i < Math.min(kind!.replicas(spec), MOST_MEMBERS); i++) {
        const claim = `${template.metadata?.name}-${manifest.metadata.name}-${first + i}`;
        found.set(`${namespace}/${claim}`, template.spec ?? {});
      }
    }
  }
  return found;
}

const MOST_MEMBERS = 100;

/** What the driver refuses of a copy; of a source that is elsewhere only what the copy itself says. */
function problemOf(
  copy: Spec,
  source: Spec | undefined,
  name: string,
  index: VolumeIndex,
  cluster: ClusterSide | undefined,
): (Problem & { readonly field: string }) | undefined {
  const own = classOf(copy.storageClassName, index) as Partial<StorageClass> | undefined;
  const driver = own?.provisioner === undefined ? undefined : installedDriver(own.provisioner);
  const from = `is a copy of '${name}'`;
  if (driver !== undefined && WITHOUT_COPIES.has(driver)) {
    return {
      message: `${from}, and its driver ${driver} makes no copies`,
      fix: 'copy the files with a Job, or take a class of EBS',
      field: 'storageClassName',
    };
  }
  const tooOld = driver === EBS_COPIES.driver ? oldDriver(cluster) : undefined;
  if (tooOld !== undefined) {
    return {
      message: `${from}, which the driver of EBS makes from version ${EBS_COPIES.since} on, but the add-on has ${tooOld}`,
      fix: `write version 'v${EBS_COPIES.since}.0' or later of ${EBS_COPIES.addon}, or leave the version out`,
      field: 'dataSource',
    };
  }
  if (isEbsDriver(own?.provisioner) && own?.parameters?.encrypted === 'false') {
    return {
      message: `${from}, and its class '${copy.storageClassName}' has encrypted: 'false', which the driver refuses of copies`,
      fix: "take a class with encrypted: 'true'",
      field: 'storageClassName',
    };
  }
  return source && differs(copy, source, { name, from, index, own });
}

interface Compared {
  readonly name: string;
  readonly from: string;
  readonly index: VolumeIndex;
  readonly own: Partial<StorageClass> | undefined;
}

function differs(
  copy: Spec,
  source: Spec,
  { name, from, index, own }: Compared,
): (Problem & { field: string }) | undefined {
  const [has, needs] = [copy, source].map((spec) => quantityOf(spec.resources?.requests?.storage));
  if (has !== undefined && needs !== undefined && has < needs) {
    return {
      message: `${from} and has ${formatBytes(has)}, less than its ${formatBytes(needs)}`,
      fix: `write ${formatBytes(needs)} or more`,
      field: 'resources.requests.storage',
    };
  }
  const [mode, ofSource] = [copy, source].map(({ volumeMode = 'Filesystem' }) => volumeMode);
  if (mode !== ofSource) {
    return {
      message: `${from} and has volumeMode ${mode}, but the source has ${ofSource}`,
      fix: `write volumeMode: ${ofSource}`,
      field: 'volumeMode',
    };
  }
  const its =
    source.volumeName === undefined ? (classOf(source.storageClassName, index) as Partial<StorageClass>) : undefined;
  if (!own?.provisioner || !its?.provisioner) {
    return undefined;
  }
  if (installedDriver(own.provisioner) !== installedDriver(its.provisioner)) {
    return {
      message: `${from} and is made by ${own.provisioner}, but the source by ${its.provisioner}`,
      fix: `take a class of ${its.provisioner}`,
      field: 'storageClassName',
    };
  }
  const [key, itsKey] = [own, its].map(({ parameters }) => parameters?.kmsKeyId);
  return key !== undefined && itsKey !== undefined && key !== itsKey
    ? {
        message: `${from} and has the key '${key}', but the source has '${itsKey}'`,
        fix: `take a class with the key of '${name}', or fill it from a snapshot`,
        field: 'storageClassName',
      }
    : undefined;
}

/** The version of the add-on, where it is given and makes no copies. */
function oldDriver(cluster: ClusterSide | undefined): string | undefined {
  const { version } = cluster?.config.addons?.find(({ name }) => name === EBS_COPIES.addon) ?? {};
  const [, given] = /^v?(\d+\.\d+)/.exec(version ?? '') ?? [];
  return given !== undefined && !isAtLeast(given, EBS_COPIES.since) ? version : undefined;
}

function manifests(size: string): string {
  const claim = (name: string, storage: string, from = '') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: default }
spec: { storageClassName: gp3, accessModes: [ReadWriteOnce], resources: { requests: { storage: ${storage} } }${from} }`;
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: gp3 }
provisioner: ebs.csi.aws.com
parameters: { type: gp3, encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
---
${claim('data', '20Gi')}
---
${claim('trial', size, ', dataSource: { kind: PersistentVolumeClaim, name: data }')}
`;
}
