import { sortedEntries } from '../../kube/canonical';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import type { Config } from '../config/config';
import { configFolder, type EnvModel, secretFolder } from '../config/env';
import type { FilesModel } from '../config/files';
import { checkOwnNamespace } from '../config/own-namespace';
import { Secret } from '../config/secret';
import type { Check } from '../core/check';
import type { Volume, VolumeMount } from '../core/k8s';
import { checkMounts, DEFAULT_SCRATCH, rawVolumes, scratchVolumes, volumeName } from '../pods/scratch';
import type { WorkloadContext, WorkloadShape } from './shape';

/** A volume of a ConfigMap, whose name ends in a hash and so is known only when the pod is rendered. */
interface LateVolume {
  readonly name: string;
  /** Shared configuration, or the workload's own files. */
  readonly configMapOf: Config | 'files';
}
/** The volumes of a pod and where its container finds them. */
export interface PodVolumes {
  readonly volumes: readonly (Volume | LateVolume)[];
  readonly mounts: readonly VolumeMount[];
}

/** Everything that is mounted, in the order in which it stands in the pod. */
export function resolveVolumes(
  { check, namespace, props }: WorkloadContext,
  shape: WorkloadShape,
  env: EnvModel,
  files: FilesModel,
): PodVolumes {
  const parts: readonly PodVolumes[] = [
    { volumes: shape.volumes ?? [], mounts: shape.mounts ?? [] },
    scratchVolumes(check, props.scratch ?? DEFAULT_SCRATCH),
    rawVolumes(check, props.volumes ?? []),
    secretVolumes(check, namespace, env.secrets, props.secretFiles ?? {}),
    configVolumes(env.configFiles),
    filesVolume(files),
  ];
  // a claim of a stateful set would take the place of a volume of its name
  const claims = (shape.claimNames ?? []).map((name) => ({ name }));
  checkMounts(check, [{ volumes: claims, mounts: [] }, ...parts]);
  return { volumes: parts.flatMap((p) => p.volumes), mounts: parts.flatMap((p) => p.mounts) };
}

/** The volumes as Kubernetes reads them; a fresh copy. */
export function renderVolumes({ volumes }: PodVolumes, filesConfigMap: string | undefined): Volume[] {
  return volumes.map((volume) => {
    if (!('configMapOf' in volume)) {
      return copyPlain(volume);
    }
    const { name, configMapOf } = volume;
    return { name, configMap: { name: configMapOf === 'files' ? filesConfigMap : configMapOf.configMap.name } };
  });
}

function secretVolumes(
  check: Check,
  namespace: string,
  used: ReadonlySet<Secret>,
  folders: Readonly<Record<string, Secret>>,
): PodVolumes {
  const mounts: VolumeMount[] = [];
  const volumes = new Map<Secret, Volume>();
  const add = (secret: Secret, mountPath: string) => {
    const name = volumeName('secret', secret.secretName);
    volumes.set(secret, secret.volume(name));
    mounts.push({ name, mountPath, readOnly: true });
  };
  for (const secret of used) {
    add(secret, secretFolder(secret));
  }
  for (const [path, secret] of sortedEntries(folders)) {
    if (!(secret instanceof Secret)) {
      check.fail(`secretFiles '${path}' is ${describe(secret)}`, 'write a secret: Secret.fromSecretsManager(...)');
    }
    checkOwnNamespace(check, 'secretFiles has', 'Secret', secret, namespace);
    add(secret, check.absolutePath('secretFiles', path));
  }
  return { volumes: [...volumes.values()], mounts };
}

function configVolumes(configs: ReadonlySet<Config>): PodVolumes {
  const named = [...configs].map((config) => ({ config, name: volumeName('config', config.node.id) }));
  return {
    volumes: named.map(({ config, name }) => ({ name, configMapOf: config })),
    mounts: named.map(({ config, name }) => ({ name, mountPath: configFolder(config), readOnly: true })),
  };
}

/** Each file is mounted by itself, so that the other files of its folder stay. */
function filesVolume(files: FilesModel): PodVolumes {
  const mounts = [...files.keys].map(([mountPath, subPath]) => ({ name: 'files', mountPath, subPath, readOnly: true }));
  return { volumes: mounts.length > 0 ? [{ name: 'files', configMapOf: 'files' }] : [], mounts };
}
