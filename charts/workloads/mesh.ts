import { ISTIO_SIDECAR } from '../../kube/injectors';
import type { Check } from '../core/check';
import type { ProxyModel } from '../core/mesh';
import type { TenantContext } from '../core/tenant-context';
import type { PodModel } from './pod';

/** Whether a mesh carries the connections of pods. Those with the addresses of nodes are in none. */
export const isMeshed = (tenant: TenantContext | undefined, { hostNetwork }: PodModel['shape']): boolean =>
  tenant?.mesh?.provider === 'istio' && !hostNetwork;

/** What Istio cannot carry. */
export function checkMeshed(
  check: Check,
  tenant: TenantContext | undefined,
  { shape, placement, user }: PodModel,
): void {
  const mesh = tenant?.mesh;
  if (mesh?.provider !== 'istio' || shape.hostNetwork) {
    return;
  }
  const beside = 'create it in a tenant without a mesh';
  if (placement.computeType === 'fargate') {
    check.fail(
      'forbidden',
      'placement.computeType',
      "placement.computeType must not be 'fargate' in a tenant with Istio, whose plugin and proxies of nodes do not run there",
      beside,
    );
  }
  if (placement.os === 'windows') {
    check.fail(
      'forbidden',
      'placement.os',
      "placement.os must not be 'windows' in a tenant with Istio, which is for pods of Linux",
      beside,
    );
  }
  if (mesh.mode === 'sidecar' && user.uid === ISTIO_SIDECAR.user) {
    check.fail(
      'forbidden',
      'user',
      `user must not be ${ISTIO_SIDECAR.user} in a tenant with Istio: it is the user of the proxy, whose connections the mesh leaves alone`,
      'use another uid',
    );
  }
  const taken = shape.ports.find(({ port }) => (ISTIO_SIDECAR.ports as readonly number[]).includes(port));
  if (taken) {
    check.fail(
      'forbidden',
      'port',
      `port must not be ${taken.port} in a tenant with Istio, whose proxy listens on it`,
      `use another port than ${ISTIO_SIDECAR.ports.join(', ')}`,
    );
  }
}

const NONE: Readonly<Record<string, string>> = {};

/**
 * Annotations of pods that get a proxy: its size, and that it is a sidecar of Kubernetes, which starts before the containers
 * that call by it and ends after them, so that Jobs end.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function proxyAnnotations(
  tenant: TenantContext | undefined,
  shape: PodModel['shape'],
): Readonly<Record<string, string>> {
  const mesh = tenant?.mesh;
  if (mesh?.provider !== 'istio' || mesh.mode !== 'sidecar' || shape.hostNetwork) {
    return NONE;
  }
  const { annotations } = ISTIO_SIDECAR;
  const sizes = (['cpu', 'memory', 'cpuLimit', 'memoryLimit'] as const satisfies readonly (keyof ProxyModel)[]).flatMap(
    (key) => (mesh.proxy[key] === undefined ? [] : [[annotations[key], mesh.proxy[key]] as const]),
  );
  return { ...Object.fromEntries(sizes), [annotations.native]: 'true', [annotations.probes]: 'true' };
}
