import { todaysKey, ZONE } from '../../eks/node-labels';
import { EKS_STORAGE_CLASS } from '../../eks/storage-drivers';
import type {
  NodeSelector,
  PersistentVolume,
  PersistentVolumeClaimSpec,
  StorageClass,
  Volume,
} from '../../imports/kubernetes';
import { defaultClassAnnotation } from '../../kube/claims';
import type { Inventory, PodObject } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';

/** Volumes of the app, by their names. */
export interface VolumeIndex {
  readonly classes: ReadonlyMap<string, StorageClass>;
  readonly defaultClass: StorageClass | undefined;
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
  /** By the 'namespace/name' of the claim that a volume says it is for. */
  readonly reserved: ReadonlyMap<string, PersistentVolume>;
  /** By 'namespace/name'. */
  readonly claims: ReadonlyMap<string, PersistentVolumeClaimSpec>;
}

/** What a pod mounts through a claim, as far as the app says. */
export interface ClaimedVolume {
  readonly claim: string;
  /** 'ebs.csi.aws.com'; undefined where nobody knows. */
  readonly driver: string | undefined;
  /** Whether the volume is made when it is claimed. */
  readonly dynamic: boolean;
  /** What its class formats it with; undefined where nobody says. */
  readonly fileSystem?: string | undefined;
  /** Where it can be reached; undefined for anywhere. */
  readonly zones: readonly string[] | undefined;
}

/** Made once for an inventory. */
export function volumeIndex(inventory: Inventory): VolumeIndex {
  return inventory.view(indexOf);
}

function indexOf(inventory: Inventory): VolumeIndex {
  const of = <T>(kind: string, group: string) =>
    inventory.ofKind(kind, group).map(({ manifest }) => manifest) as unknown as (T & Manifest)[];
  const classes = of<StorageClass>('StorageClass', 'storage.k8s.io');
  const volumes = of<PersistentVolume>('PersistentVolume', '');
  return {
    classes: new Map(classes.map((c) => [c.metadata.name, c])),
    defaultClass: classes.find((storageClass) => defaultClassAnnotation(storageClass) !== undefined),
    volumes: new Map(volumes.map((v) => [v.metadata.name, v])),
    reserved: new Map(volumes.map((v) => [`${v.spec?.claimRef?.namespace}/${v.spec?.claimRef?.name}`, v])),
    claims: new Map(
      inventory
        .ofKind('PersistentVolumeClaim', '')
        .map(({ manifest, namespace }) => [
          `${namespace}/${manifest.metadata.name}`,
          (manifest.spec ?? {}) as unknown as PersistentVolumeClaimSpec,
        ]),
    ),
  };
}

/** A name, and what is claimed where the app says it. */
type Claim = readonly [name: string, spec: PersistentVolumeClaimSpec | undefined];

/** The volumes that the pods of an object claim: by name, by a template, or each pod for itself. */
export function claimedVolumes(pod: PodObject, index: VolumeIndex): readonly ClaimedVolume[] {
  const { volumeClaimTemplates = NO_VOLUMES } = (pod.manifest.spec ?? {}) as {
    readonly volumeClaimTemplates?: readonly { metadata?: { name?: string }; spec: PersistentVolumeClaimSpec }[];
  };
  const { volumes = NO_VOLUMES } = pod.spec;
  if (volumeClaimTemplates.length === 0 && !volumes.some(isClaim)) {
    return NOTHING;
  }
  const templates = volumeClaimTemplates.map(({ metadata, spec }): Claim => [metadata?.name ?? '', spec]);
  const mounted = volumes.flatMap(({ name, persistentVolumeClaim, ephemeral }): Claim[] => {
    const claimName = persistentVolumeClaim?.claimName;
    if (claimName !== undefined) {
      return [[claimName, index.claims.get(`${pod.namespace}/${claimName}`)]];
    }
    const spec = ephemeral?.volumeClaimTemplate?.spec;
    return spec ? [[name, spec]] : [];
  });
  const claims = [...templates, ...mounted];
  return claims.map(([claim, spec]) => claimed(claim, spec, pod.namespace, index));
}

const NOTHING: readonly ClaimedVolume[] = [];
const NO_VOLUMES: readonly never[] = [];

const isClaim = ({ persistentVolumeClaim, ephemeral }: Volume): boolean =>
  persistentVolumeClaim !== undefined || ephemeral !== undefined;

/** The class of a claim: of the app, the one that EKS makes, or the default. */
export function classOf(name: string | undefined, { classes, defaultClass }: VolumeIndex): ClassOfClaim | undefined {
  const { name: ofEks, provisioner } = EKS_STORAGE_CLASS;
  return name === undefined ? defaultClass : (classes.get(name) ?? (name === ofEks ? { provisioner } : undefined));
}

type ClassOfClaim = Pick<StorageClass, 'provisioner' | 'allowedTopologies' | 'parameters'>;

function claimed(
  claim: string,
  spec: PersistentVolumeClaimSpec | undefined,
  namespace: string,
  index: VolumeIndex,
): ClaimedVolume {
  const bound = spec?.volumeName;
  const reserved = index.reserved.get(`${namespace}/${claim}`);
  const volume = bound === undefined ? reserved : index.volumes.get(bound);
  const { storageClassName } = spec ?? {};
  const storageClass = classOf(storageClassName, index);
  if (bound !== undefined || volume !== undefined || spec === undefined || storageClass === undefined) {
    return { claim, driver: volume?.spec?.csi?.driver, dynamic: false, zones: volume && volumeZones(volume) };
  }
  const { provisioner: driver, parameters } = storageClass;
  const fileSystem = parameters?.['csi.storage.k8s.io/fstype'] ?? parameters?.fsType;
  return { claim, driver, dynamic: true, zones: classZones(storageClass), fileSystem };
}

/** Zones in which a class makes volumes; undefined for any. */
export function classZones({ allowedTopologies }: ClassOfClaim): string[] | undefined {
  return zonesOfTerms(
    (allowedTopologies ?? []).map(({ matchLabelExpressions = [] }) =>
      matchLabelExpressions.map((expression) => ({ ...expression, operator: 'In' })),
    ),
  );
}

/** Zones from which a volume can be reached; undefined for any. */
export function volumeZones({ spec }: PersistentVolume): string[] | undefined {
  return zonesOfSelector(spec?.nodeAffinity?.required);
}

/** The zones that a selector of nodes allows by name; undefined where it allows any. */
function zonesOfSelector(selector: NodeSelector | undefined): string[] | undefined {
  return zonesOfTerms((selector?.nodeSelectorTerms ?? []).map(({ matchExpressions = [] }) => matchExpressions));
}

type Terms = readonly (readonly {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}[])[];

function zonesOfTerms(terms: Terms): string[] | undefined {
  const named = terms.map((term) => term.find(({ key, operator }) => todaysKey(key) === ZONE && operator === 'In'));
  return named.length === 0 || named.includes(undefined)
    ? undefined
    : [...new Set(named.flatMap((expression) => expression?.values ?? []))];
}
