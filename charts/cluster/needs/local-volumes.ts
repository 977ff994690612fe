import type { IConstruct } from 'constructs';
import { CONTROLLERS, type Controller } from '../../../eks/controllers';
import { INSTANCE_STORE, LOCAL_VOLUMES } from '../../../eks/instance-store';
import type { Manifest } from '../../../kube/objects';
import { apiObjectsOf, manifestOf } from '../../core/app-objects';
import { cached } from '../../core/render-cache';
import { because, controllerRequirement, type Derivation } from './derivation';

/** Classes of volumes on disks of the nodes, which the static provisioner finds in a folder. */
export const localVolumes: Derivation = {
  may: ({ kind }) => kind === 'StorageClass',
  needs: (manifest, { root }) =>
    folderOf(manifest) === undefined
      ? []
      : [controllerRequirement(provisioner(root), because(manifest, 'has local volumes'))],
};

function folderOf({ metadata }: Pick<Manifest, 'metadata'>): string | undefined {
  return metadata.annotations?.[LOCAL_VOLUMES.folder];
}

/** One for all classes of an app. */
function provisioner(root: IConstruct): Controller {
  return cached(root, 'local volumes', () => {
    const classes = apiObjectsOf(root)
      .filter(({ kind }) => kind === 'StorageClass')
      .map(manifestOf)
      .flatMap((manifest) => {
        const folder = folderOf(manifest);
        return folder === undefined ? [] : [{ name: manifest.metadata.name, folder }];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { ...CONTROLLERS.localVolumes, values: () => valuesOf(classes) };
  });
}

function valuesOf(classes: readonly { readonly name: string; readonly folder: string }[]): Record<string, string> {
  const each = classes.flatMap(({ name, folder }, i) => [
    [`classes[${i}].name`, name],
    [`classes[${i}].hostDir`, folder],
    [`classes[${i}].volumeMode`, 'Filesystem'],
    // volumes of nodes that are gone, and their claims, would keep members waiting
    [`nodeCleanupController.storageClassNames[${i}]`, name],
  ]);
  return Object.fromEntries([
    ...each,
    ['nodeCleanupController.enabled', 'true'],
    // elsewhere the folder may hold the files of the kubelet
    [`nodeSelector.${INSTANCE_STORE.label.replaceAll('.', '\\.')}`, 'Mount'],
    ['tolerations[0].operator', 'Exists'],
  ]);
}
