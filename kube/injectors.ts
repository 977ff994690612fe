import { ANNOTATION_PREFIX } from './labels';

/** A controller that adds containers to the pods of others. */
export interface Injector {
  readonly name: string;
  /** Labels or annotations of a namespace that ask for it; a value of '*' is any. */
  readonly onNamespace: Readonly<Record<string, string>>;
  /** Labels or annotations of a pod that ask for it. */
  readonly onPod: Readonly<Record<string, string>>;
  /** What Pod Security refuses at level baseline and above; undefined where it refuses nothing. */
  readonly refused?: string;
  /** What the injected container calls before the pod is ready. */
  readonly calls?: { readonly where: string; readonly ports: readonly number[] };
  /** What to write so that it is not refused. */
  readonly instead?: string;
}

/** Injectors that are told by a label or an annotation. */
export const INJECTORS: readonly Injector[] = [
  {
    name: 'Istio',
    calls: { where: "istiod in namespace 'istio-system'", ports: [15012] },
    onNamespace: { 'istio-injection': 'enabled', 'istio.io/rev': '*' },
    onPod: { 'sidecar.istio.io/inject': 'true' },
    refused: "an init container with the capabilities 'NET_ADMIN' and 'NET_RAW'",
    instead: "install Istio's CNI plugin or its ambient mode, which need no such container",
  },
  {
    name: 'Linkerd',
    // identity, destination and policy
    calls: { where: "the control plane in namespace 'linkerd'", ports: [8080, 8086, 8090] },
    onNamespace: { 'linkerd.io/inject': '*' },
    onPod: { 'linkerd.io/inject': '*' },
    refused: "an init container with the capabilities 'NET_ADMIN' and 'NET_RAW'",
    instead: "install Linkerd's CNI plugin, which needs no such container",
  },
  {
    name: 'Datadog',
    onNamespace: {},
    onPod: { 'admission.datadoghq.com/enabled': 'true' },
    refused: "a 'hostPath' volume for the socket of the agent",
    instead: "set the admission controller's mode to 'service', which needs no such volume",
  },
  {
    name: 'Vault',
    calls: { where: 'the server of Vault', ports: [8200] },
    onNamespace: {},
    onPod: { 'vault.hashicorp.com/agent-inject': 'true' },
  },
  { name: 'OpenTelemetry', onNamespace: {}, onPod: { 'sidecar.opentelemetry.io/inject': '*' } },
];

/**
 * Istio without sidecars: a label of namespaces or pods, the port of its tunnel between them, and the address that probes of
 * the kubelet come from.
 *
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
export const AMBIENT_MODE = {
  label: 'istio.io/dataplane-mode',
  value: 'ambient',
  /** Leaves a pod out. */
  out: 'none',
  port: 15008,
  probes: '169.254.7.127/32',
  /** Of IPv6. https://github.com/istio/istio/blob/master/cni/pkg/iptables/iptables.go */
  probesV6: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128',
} as const;

/**
 * Istio's proxy beside the program. Sizes are what its chart gives where annotations say none.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export const ISTIO_SIDECAR = {
  container: 'istio-proxy',
  /** The user of the proxy, whose traffic is not redirected. */
  user: 1337,
  /** A label or an annotation of pods; 'false' leaves them out. */
  inject: 'sidecar.istio.io/inject',
  annotations: {
    cpu: 'sidecar.istio.io/proxyCPU',
    memory: 'sidecar.istio.io/proxyMemory',
    cpuLimit: 'sidecar.istio.io/proxyCPULimit',
    memoryLimit: 'sidecar.istio.io/proxyMemoryLimit',
    native: 'sidecar.istio.io/nativeSidecar',
    probes: 'sidecar.istio.io/rewriteAppHTTPProbers',
  },
  size: { cpu: '100m', memory: '128Mi', cpuLimit: '2', memoryLimit: '1Gi' },
  /** Its own ports, which programs must not listen on. */
  ports: [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090],
  /** Of its metrics: those merged with the program's, and its own. */
  metrics: [15020, 15090],
} as const;

/** Where the control plane of Istio is. */
export const ISTIOD = { namespace: 'istio-system', labels: { app: 'istiod' }, port: 15012 } as const;

/** Annotations by which a tenant says that an injected container is provided for. */
export const PROVIDED = {
  /** Of the Namespace: the cluster has the CNI plugin of this injector. */
  plugin: `${ANNOTATION_PREFIX}/cni-plugin-of`,
  /** Of the ResourceQuota: it counts the containers of this injector. */
  quota: `${ANNOTATION_PREFIX}/counts-containers-of`,
} as const;

/** Containers that injectors add, which no manifest shows. */
export const INJECTED_CONTAINERS: ReadonlySet<string> = new Set([
  'consul-dataplane',
  'daprd',
  'datadog-agent',
  'envoy',
  'istio-proxy',
  'linkerd-proxy',
  'otc-container',
  'vault-agent',
]);

/** The label or annotation that asks for an injector; undefined where none does. */
export function asksFor(
  asked: Injector['onPod'],
  ...given: readonly (Readonly<Record<string, string>> | undefined)[]
): string | undefined {
  for (const key in asked) {
    for (const map of given) {
      const found = map?.[key];
      if (
        found !== undefined &&
        (asked[key] === '*' ? found !== 'disabled' && found !== 'false' : found === asked[key])
      ) {
        return key;
      }
    }
  }
  return undefined;
}

/** Whether a pod says itself that it is left alone. */
export const isOptedOut = (
  asked: Injector['onPod'],
  ...given: readonly (Readonly<Record<string, string>> | undefined)[]
) => Object.keys(asked).some((key) => given.some((map) => map?.[key] === 'false' || map?.[key] === 'disabled'));
