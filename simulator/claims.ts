import { isEbsDriver } from '../eks/compute-modes';
import type { PersistentVolumeClaimSpec, PodSpec } from '../imports/kubernetes';
import { defaultClassAnnotation } from '../kube/claims';
import type { Manifest } from '../kube/objects';

/** EBS volumes of a pod. */
export interface Volumes {
  /** Of each pod alone, such as by a claim template. */
  readonly own: number;
  /** Whether the pod comes back to its own ones, and so to their zone. */
  readonly kept: boolean;
  /** Claims that the pods of a workload share, by 'namespace/name'. */
  readonly shared: readonly string[];
}

const NO_VOLUMES: Volumes = { own: 0, kept: false, shared: [] };

/** Tells which claims are EBS volumes: in one zone, and attached to one node. */
export class Claims {
  private readonly provisioners = new Map<string, string>();
  private readonly specs = new Map<string, PersistentVolumeClaimSpec>();
  private defaultClass: string | undefined;

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const { name, namespace = 'default' } = manifest.metadata;
      if (manifest.kind === 'StorageClass') {
        this.provisioners.set(name, String((manifest as { provisioner?: unknown }).provisioner));
        this.defaultClass = defaultClassAnnotation(manifest) ? name : this.defaultClass;
      } else if (manifest.kind === 'PersistentVolumeClaim') {
        this.specs.set(`${namespace}/${name}`, (manifest.spec ?? {}) as unknown as PersistentVolumeClaimSpec);
      }
    }
  }

  /** Of a pod with these claim templates. */
  of(namespace: string, pod: PodSpec, templates: readonly { readonly spec?: PersistentVolumeClaimSpec }[]): Volumes {
    if (templates.length === 0 && !hasClaim(pod)) {
      return NO_VOLUMES;
    }
    const ephemeral = (pod.volumes ?? []).flatMap(({ ephemeral: volume }) => volume?.volumeClaimTemplate?.spec ?? []);
    const kept = templates.filter(({ spec }) => this.isEbs(spec)).length;
    const referred = (pod.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
    if (ephemeral.length + kept + referred.length === 0) {
      return NO_VOLUMES;
    }
    const shared = [...new Set(referred.map((name) => `${namespace}/${name}`))];
    return {
      own: kept + ephemeral.filter((spec) => this.isEbs(spec)).length,
      kept: kept > 0,
      // a claim that the app does not make may be anything
      shared: shared.filter((claim) => this.specs.has(claim) && this.isEbs(this.specs.get(claim))),
    };
  }

  /** EBS cannot be shared between nodes; a class that the app does not make is taken for one of EBS. */
  private isEbs(spec: PersistentVolumeClaimSpec | undefined): boolean {
    const className = spec?.storageClassName ?? this.defaultClass;
    const provisioner = className === undefined ? undefined : this.provisioners.get(className);
    const many = spec?.accessModes?.some((mode) => mode.endsWith('Many') && mode !== 'ReadOnlyMany') ?? false;
    return !many && (provisioner === undefined || isEbsDriver(provisioner));
  }
}

function hasClaim({ volumes }: PodSpec): boolean {
  if (volumes !== undefined) {
    for (const { ephemeral, persistentVolumeClaim } of volumes) {
      if (ephemeral !== undefined || persistentVolumeClaim !== undefined) {
        return true;
      }
    }
  }
  return false;
}
