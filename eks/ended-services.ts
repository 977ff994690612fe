/** A service of AWS that has ended. */
export interface EndedService {
  readonly name: string;
  /** Its last day. */
  readonly ended: string;
  readonly source: string;
  /** What does the same. */
  readonly instead: string;
  /** Labels of namespaces and annotations of pods that ask for it; a value of '*' is any. */
  readonly asked: Readonly<Record<string, string>>;
}

/** By the API group of their objects. */
export const ENDED_SERVICES: ReadonlyMap<string, EndedService> = new Map([
  [
    'appmesh.k8s.aws',
    {
      name: 'AWS App Mesh',
      ended: '2026-09-30',
      source: 'https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html',
      instead: 'use Istio, or VPC Lattice by the Gateway API',
      asked: { 'appmesh.k8s.aws/sidecarInjectorWebhook': 'enabled' },
    },
  ],
]);
