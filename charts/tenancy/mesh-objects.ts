import type { Chart } from 'cdk8s';
import { LATTICE_GATE } from '../../eks/meshes';
import { describe } from '../../kube/describe';
import { AMBIENT_MODE, PROVIDED } from '../../kube/injectors';
import type { PodSecurityLevel } from '../../kube/pod-security/levels';
import { amountOf } from '../../kube/quantity';
import { defaultsOf } from '../app/defaults';
import type { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { NetworkPolicy, ObjectMeta, PeerAuthentication } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import type { MeshModel } from '../core/mesh';
import { meshPolicy } from '../network/mesh/tenant-policy';
import { DEFAULT_SCRAPER } from '../network/scraped';
import type { ContainerSizes } from './limit-range';
import { Mesh } from './mesh';

/** Labels that `mesh` sets. */
const OWN_LABELS = new RegExp(`^(istio-injection|istio\\.io/.*|${LATTICE_GATE.label.replaceAll('.', '\\.')})$`);

/** The validated mesh of a tenant. */
export function resolveMesh(
  check: Check,
  props: {
    readonly mesh?: Mesh | undefined;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly containers?: ContainerSizes | undefined;
  },
  isolated: boolean,
): MeshModel | undefined {
  const { mesh, labels = {}, containers } = props;
  if (mesh === undefined) {
    return undefined;
  }
  if (!(mesh instanceof Mesh)) {
    check.fail(
      'type',
      'mesh',
      `mesh must be a Mesh, but is ${describe(mesh)}`,
      'write Mesh.istio({ mode: ... }) or Mesh.lattice()',
    );
  }
  const taken = Object.keys(labels).find((key) => OWN_LABELS.test(key));
  if (taken !== undefined) {
    check.fail(
      'forbidden',
      `labels['${taken}']`,
      `labels must not have '${taken}', which 'mesh' sets`,
      'leave the label out',
    );
  }
  const { model } = mesh;
  if (model.provider === 'istio' && model.mode === 'sidecar') {
    checkSize(check, containers, 'cpu', model.proxy.cpuLimit);
    checkSize(check, containers, 'memory', model.proxy.memoryLimit);
  }
  return model.provider === 'istio' ? { ...model, authorizes: model.authorizes && isolated } : model;
}

function checkSize(
  check: Check,
  containers: ContainerSizes | undefined,
  name: 'cpu' | 'memory',
  limit: string | undefined,
): void {
  const most = containers?.max?.[name];
  if (most !== undefined && limit !== undefined && amountOf(limit) > amountOf(most)) {
    check.fail(
      'invalid',
      `containers.max.${name}`,
      `containers.max.${name} must be at least the limit of the proxy of the mesh, '${limit}', but is '${most}'`,
      `raise it, or write proxy: { ${name}Limit: '${most}' } in Mesh.istio`,
    );
  }
}

/** The labels by which a namespace joins. */
export function meshLabels(mesh: MeshModel | undefined): Record<string, string> {
  if (mesh === undefined) {
    return {};
  }
  if (mesh.provider === 'lattice') {
    return { [LATTICE_GATE.label]: LATTICE_GATE.value };
  }
  if (mesh.mode === 'ambient') {
    return { [AMBIENT_MODE.label]: AMBIENT_MODE.value };
  }
  return mesh.revision === undefined ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': mesh.revision };
}

/** What the annotations of the Namespace say of the mesh. */
export function meshReasons(mesh: MeshModel | undefined): Record<string, string | undefined> {
  return mesh?.provider === 'istio'
    ? { 'permissive-mesh-because': mesh.permissiveBecause, 'open-mesh-because': mesh.openBecause }
    : {};
}

/** Says that the cluster sets up the network of pods, which a container of theirs may not at this level. */
export function pluginAnnotation(mesh: MeshModel | undefined, level: PodSecurityLevel): Record<string, string> {
  return hasProxies(mesh) && level !== 'privileged' ? { [PROVIDED.plugin]: 'Istio' } : {};
}

/** Says that a quota has room for the proxies. */
export const quotaAnnotation = (mesh: MeshModel | undefined): Record<string, string> | undefined =>
  hasProxies(mesh) ? { [PROVIDED.quota]: 'Istio' } : undefined;

/** Whether each pod gets a proxy. */
export const hasProxies = (mesh: MeshModel | undefined): boolean =>
  mesh?.provider === 'istio' && mesh.mode === 'sidecar';

/** Objects of a namespace in a mesh. */
export interface MeshObjects {
  readonly meshPolicy: KubeObject<NetworkPolicy> | undefined;
  readonly peerAuthentication: KubeObject<PeerAuthentication> | undefined;
}

/** The policies of a namespace in a mesh. */
export function meshObjects(
  tenant: Chart,
  mesh: MeshModel | undefined,
  { isolated, own }: { readonly isolated: boolean; readonly own: (name: string) => ObjectMeta & { name: string } },
): MeshObjects {
  const policy = (model: MeshModel) => {
    const { scraper = DEFAULT_SCRAPER } = defaultsOf(tenant);
    return meshPolicy(own('mesh'), model, { cluster: clusterOf(tenant), scraper: scraper.namespace });
  };
  return {
    meshPolicy: mesh && isolated ? new KubeObject(tenant, 'MeshPolicy', policy(mesh), () => policy(mesh)) : undefined,
    peerAuthentication:
      mesh?.provider === 'istio'
        ? new KubeObject<PeerAuthentication>(tenant, 'PeerAuthentication', {
            apiVersion: 'security.istio.io/v1',
            kind: 'PeerAuthentication',
            metadata: own('default'),
            spec: { mtls: { mode: mesh.permissiveBecause === undefined ? 'STRICT' : 'PERMISSIVE' } },
          })
        : undefined,
  };
}
