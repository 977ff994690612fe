import { CONTROLLERS, ISTIO_AMBIENT, ISTIO_CNI } from '../../../eks/controllers';
import { LATTICE_GATE } from '../../../eks/meshes';
import { AMBIENT_MODE, asksFor, INJECTORS } from '../../../kube/injectors';
import type { Manifest } from '../../../kube/objects';
import type { Requirement } from '../../core/requirements';
import { because, controllerRequirement, type Derivation, isBrought } from './derivation';

const SIDECARS = INJECTORS.find(({ name }) => name === 'Istio')!.onNamespace;
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The mesh that a namespace joins by its labels. */
export const meshes: Derivation = {
  may: ({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace',
  needs: (manifest, { brought }) => {
    const { labels = {} } = manifest.metadata;
    const lattice =
      labels[LATTICE_GATE.label] === LATTICE_GATE.value && !isBrought(CONTROLLERS.lattice, brought)
        ? [controllerRequirement(CONTROLLERS.lattice, because(manifest, 'waits for targets of VPC Lattice'))]
        : [];
    const ambient = labels[AMBIENT_MODE.label] === AMBIENT_MODE.value;
    const joins = ambient || asksFor(SIDECARS, labels) !== undefined;
    if (!joins || isBrought(CONTROLLERS.istio, brought)) {
      return lattice;
    }
    return [
      ...lattice,
      required(CONTROLLERS.istio, manifest),
      ...(ambient
        ? [required(ISTIO_AMBIENT, manifest)]
        : /^(baseline|restricted)$/.test(labels[ENFORCE] ?? '')
          ? [required(ISTIO_CNI, manifest)]
          : []),
    ];
  },
};

function required(controller: Parameters<typeof controllerRequirement>[0], manifest: Manifest): Requirement {
  return controllerRequirement(controller, because(manifest, 'joins its mesh'));
}
