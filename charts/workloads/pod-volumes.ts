import { sortedEntries } from '../../kube/canonical';
import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import type { Config } from '../config/config';
import { configFolder, secretFolder } from '../config/env';
import type { FilesModel } from '../config/files';
import { Secret } from '../config/secret';
import type { Check } from '../core/check';
import type { Volume, VolumeMount } from '../core/k8s';
import { checkOwnNamespace } from '../core/own-namespace';
import {
  checkMounts,
  DEFAULT_SCRATCH_VOLUMES,
  defaultScratch,
  rawVolumes,
  type Scratch,
  scratchVolumes,
  volumeName,
} from '../pods/scratch';
import { hasDisk } from '../pods/scratch-disk';
import { resolveMounts } from '../storage/mounts';
import type { SharedVolume } from '../storage/shared-volume';
import type { Content } from './content';
import type { WorkloadContext, WorkloadShape } from './shape';

/** A volume of a ConfigMap whose name ends in a hash, which is only known when the pod is rendered. */
interface LateVolume {
  readonly name: string;
  /** Shared configuration, or the workload's own files. */
  readonly configMapOf: Config | 'files';
  /** Some of its keys, and the names of their files. @default - every key */
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}
/** The volumes of a pod, and where its container mounts them. */
export interface PodVolumes {
  readonly volumes: readonly (Volume | LateVolume)[];
  readonly mounts: readonly VolumeMount[];
}

/** The volumes of the workload's own container, of which others can mount some. */
export interface MainVolumes extends PodVolumes {
  /** Mounts of the pattern's volumes, of `mounts` and of `volumes`. */
  readonly own: readonly VolumeMount[];
  readonly scratch: PodVolumes;
  /** The volumes of `mounts`. */
  readonly shared: readonly SharedVolume[];
}

/** Of most workloads: the scratch folders that each has. */
const DEFAULT_VOLUMES: MainVolumes = {
  ...DEFAULT_SCRATCH_VOLUMES,
  own: [],
  scratch: DEFAULT_SCRATCH_VOLUMES,
  shared: [],
};

/** All volumes and mounts of the workload's own container, in the order of the pod. */
export function resolveVolumes(
  { check, namespace, props }: WorkloadContext,
  shape: WorkloadShape,
  { env, files }: Content,
): MainVolumes {
  const isWindows = props.placement?.os === 'windows';
  const asked = props.scratch ?? props.volumes ?? props.mounts ?? props.secretFiles;
  const ofShape = shape.volumes ?? shape.mounts ?? shape.claimNames;
  const referred = env.secrets.size + env.configFiles.size + files.keys.size;
  if (asked === undefined && ofShape === undefined && referred === 0 && !isWindows) {
    return DEFAULT_VOLUMES;
  }
  const scratch = scratchVolumes(check, props.scratch ?? defaultScratch(isWindows));
  const raw = rawVolumes(check, props.volumes ?? []);
  const { volumes = [], mounts = [], claimNames, maxPods } = shape;
  const shared = resolveMounts(check, props.mounts, { namespace, isWindows, maxPods });
  const parts: Part[] = [];
  addPart(parts, shape.volumesProp ?? 'volumes', { volumes, mounts });
  addPart(parts, 'scratch', scratch);
  addPart(parts, 'mounts', shared);
  addPart(parts, 'volumes', raw);
  addPart(parts, 'secretFiles', secretVolumes(check, namespace, env.secrets, props.secretFiles));
  addPart(parts, 'env', configVolumes(env.configFiles));
  addPart(parts, 'files', isWindows ? filesFolders('files', files) : filesVolume(files));
  // a claim of a StatefulSet replaces a volume of the same name
  const claims = { field: 'storage', volumes: claimNames?.map((name) => ({ name })) ?? [], mounts: [] };
  checkMounts(check, claimNames ? [claims, ...parts] : parts);
  return {
    volumes: volumesOf(parts),
    mounts: mountsOf(parts),
    own: [...mounts, ...shared.mounts, ...raw.mounts],
    scratch,
    shared: shared.shared,
  };
}

/** The volumes of one prop. */
interface Part extends PodVolumes {
  readonly field: string;
}

/** Adds what has something: most pods have a scratch folder alone. */
function addPart(parts: Part[], field: string, { volumes, mounts }: PodVolumes): void {
  if (volumes.length > 0 || mounts.length > 0) {
    parts.push({ field, volumes, mounts });
  }
}

const volumesOf = (parts: readonly Part[]): PodVolumes['volumes'] =>
  parts.length === 1 ? parts[0]!.volumes : parts.flatMap(({ volumes }) => volumes);
const mountsOf = (parts: readonly Part[]): PodVolumes['mounts'] =>
  parts.length === 1 ? parts[0]!.mounts : parts.flatMap(({ mounts }) => mounts);

/** Whether a folder of any container is on a disk of the pod's own. */
export function hasScratchDisk({ scratch, shared, sidecars, initContainers }: WorkloadContext['props']): boolean {
  return hasDisks(scratch) || hasDisks(shared) || haveDisks(sidecars) || haveDisks(initContainers);
}

const hasDisks = (folders: unknown): boolean => Array.isArray(folders) && folders.some(hasDisk);
const haveDisks = (containers: readonly object[] | undefined): boolean =>
  containers?.some((one: { readonly scratch?: unknown } | null) => hasDisks(one?.scratch)) ?? false;

/** What another container mounts. */
export interface ContainerVolumesInput {
  /** Names fields below the container. */
  readonly check: Check;
  readonly name: string;
  readonly content: Content;
  /** Files of the workload that it has too. */
  readonly inherited: FilesModel | undefined;
  readonly secretFiles: Readonly<Record<string, Secret>>;
  readonly scratch: readonly (string | Scratch)[] | undefined;
  /** Scratch folders of the workload that it has unless it has its own. */
  readonly mainScratch: PodVolumes | undefined;
  readonly storage: readonly VolumeMount[];
  readonly isWindows: boolean;
}

/** The volumes of a container beside the workload's own. Those that both have are equal. */
export function containerVolumes(
  { namespace }: WorkloadContext,
  { check, name, content, inherited, secretFiles, scratch, mainScratch, storage, isWindows }: ContainerVolumesInput,
): PodVolumes {
  const own =
    scratch === undefined && mainScratch
      ? mainScratch
      : scratchVolumes(check, scratch ?? defaultScratch(isWindows), `${name}-scratch`);
  const keys = new Map([...(inherited?.keys ?? []), ...content.files.keys]);
  const files = { data: {}, keys };
  const parts: Part[] = [];
  addPart(parts, 'storage', { volumes: [], mounts: storage });
  addPart(parts, 'scratch', own);
  addPart(parts, 'secretFiles', secretVolumes(check, namespace, content.env.secrets, secretFiles));
  addPart(parts, 'env', configVolumes(content.env.configFiles));
  addPart(parts, 'files', isWindows ? filesFolders(`${name}-files`, files) : filesVolume(files));
  checkMounts(check, parts);
  return { volumes: volumesOf(parts), mounts: mountsOf(parts) };
}

const NO_VOLUMES: PodVolumes = { volumes: [], mounts: [] };

/** The volumes of the pod: those of its containers, each once. */
export function distinctVolumes(parts: readonly Pick<PodVolumes, 'volumes'>[]): PodVolumes['volumes'] {
  const filled = parts.filter(({ volumes }) => volumes.length > 0);
  if (filled.length < 2) {
    return filled[0]?.volumes ?? [];
  }
  const byName = new Map<string, PodVolumes['volumes'][number]>();
  for (const volume of parts.flatMap(({ volumes }) => volumes)) {
    if (!byName.has(volume.name)) {
      byName.set(volume.name, volume);
    }
  }
  return [...byName.values()];
}

/** The volumes in the form of a manifest. Files of one's own are projected, the type that takes further sources. */
export function renderVolumes(volumes: PodVolumes['volumes'], filesConfigMap: string | undefined): Volume[] {
  return volumes.map((volume) => {
    if (!('configMapOf' in volume)) {
      return volume;
    }
    const { name, configMapOf, items } = volume;
    const configMap = {
      name: configMapOf === 'files' ? filesConfigMap : configMapOf.configMap.name,
      ...(items ? { items: items.map((item) => ({ ...item })) } : {}),
    };
    return { name, projected: { sources: [{ configMap }] } };
  });
}

function secretVolumes(
  check: Check,
  namespace: string,
  used: ReadonlySet<Secret>,
  folders: Readonly<Record<string, Secret>> | undefined,
): PodVolumes {
  if (folders === undefined && used.size === 0) {
    return NO_VOLUMES;
  }
  if (folders !== undefined && !isObject(folders)) {
    check.fail(
      'type',
      'secretFiles',
      `secretFiles must be secrets by folder, but is ${describe(folders)}`,
      "write { '/etc/tls': secret }",
    );
  }
  const mounts: VolumeMount[] = [];
  const volumes = new Map<Secret, Volume>();
  const add = (secret: Secret, mountPath: string) => {
    const name = volumeName('secret', secret.secretName);
    volumes.set(secret, secret.volume(name));
    // a folder of its own may be the one that its variables name
    if (!mounts.some((mount) => mount.name === name && mount.mountPath === mountPath)) {
      mounts.push({ name, mountPath, readOnly: true });
    }
  };
  for (const secret of used) {
    add(secret, secretFolder(secret));
  }
  for (const [path, secret] of sortedEntries(folders ?? {})) {
    if (!(secret instanceof Secret)) {
      check.fail(
        'type',
        `secretFiles['${path}']`,
        `secretFiles['${path}'] must be a Secret, but is ${describe(secret)}`,
        'create it with Secret.fromSecretsManager(...) or Secret.fromParameterStore(...)',
      );
    }
    checkOwnNamespace(check, `secretFiles['${path}']`, 'Secret', secret, namespace);
    add(secret, check.absolutePath(`secretFiles['${path}']`, path));
  }
  return { volumes: [...volumes.values()], mounts };
}

function configVolumes(configs: ReadonlySet<Config>): PodVolumes {
  if (configs.size === 0) {
    return NO_VOLUMES;
  }
  const named = [...configs].map((config) => ({ config, name: volumeName('config', config.node.id) }));
  return {
    volumes: named.map(({ config, name }) => ({ name, configMapOf: config })),
    mounts: named.map(({ config, name }) => ({ name, mountPath: configFolder(config), readOnly: true })),
  };
}

/** Each file has its own mount, so that the other files of its folder remain visible. */
function filesVolume(files: FilesModel): PodVolumes {
  if (files.keys.size === 0) {
    return NO_VOLUMES;
  }
  const mounts = [...files.keys].map(([mountPath, subPath]) => ({ name: 'files', mountPath, subPath, readOnly: true }));
  return { volumes: [{ name: 'files', configMapOf: 'files' }], mounts };
}

/** Windows mounts whole volumes only, so each folder is one: its other files are hidden. */
function filesFolders(prefix: string, files: FilesModel): PodVolumes {
  const folders = new Map<string, { readonly key: string; readonly path: string }[]>();
  for (const [path, key] of files.keys) {
    const [, folder = '', name = ''] = /^(.*)[\\/]([^\\/]*)$/.exec(path) ?? [];
    folders.set(folder, [...(folders.get(folder) ?? []), { key, path: name }]);
  }
  const named = [...folders].map(([mountPath, items]) => ({ name: volumeName(prefix, mountPath), mountPath, items }));
  return {
    volumes: named.map(({ name, items }) => ({ name, configMapOf: 'files', items })),
    mounts: named.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
  };
}
