import { Construct } from 'constructs';
import { NODE_LOCAL_DNS } from '../../eks/service-range';
import { ANNOTATION_PREFIX } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import { waiverAnnotation } from '../../review/waiver-text';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import { applyCustomize } from '../core/customize';
import type { ConfigMap, DaemonSet, Service, ServiceAccount } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import type { Customize } from '../core/values';
import { clusterLabels } from './cluster-objects';

/** Objects of a NodeLocalDns, by their name in `customize`. */
export interface NodeLocalDnsObjects {
  daemonSet: DaemonSet;
  configMap: ConfigMap;
  upstream: Service;
  metrics: Service;
  serviceAccount: ServiceAccount;
}
/** Props of a NodeLocalDns. */
export interface NodeLocalDnsProps {
  /**
   * The image of the cache, with a version; a mirror of it where nodes cannot reach registry.k8s.io.
   *
   * @default 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.4' - the version in the manifests of Kubernetes
   */
  readonly image?: string;
  /** Edits of the finished objects. @default - none */
  readonly customize?: Customize<NodeLocalDnsObjects>;
}

const KEYS: KeyTable<NodeLocalDnsProps> = { image: 'text', customize: 'object' };
const IMAGE = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.4';
const NAMESPACE = 'kube-system';
const NAME = 'node-local-dns';
const UPSTREAM = 'kube-dns-upstream';
const METRICS = 9253;
/** Filled in by the program: the Service of CoreDNS, and the name servers of the node. */
const CLUSTER_SERVERS = '__PILLAR__CLUSTER__DNS__';
const OUTSIDE_SERVERS = '__PILLAR__UPSTREAM__SERVERS__';

/**
 * A DNS cache on each node, NodeLocal DNSCache: it answers on the address of the cluster DNS itself, so that nothing changes for
 * pods, and the network policies of tenants let them reach it. For clusters with node groups and IPv4; nodes of EKS Auto Mode
 * have a cache already. kube-proxy must be in the mode 'iptables', the default of EKS.
 *
 * @example
 * new NodeLocalDns(cluster, 'dns');
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export class NodeLocalDns extends Construct {
  /** The cache: a pod on each node with Linux, on the network of the node. */
  readonly daemonSet: KubeObject<DaemonSet>;
  /** Its configuration. */
  readonly configMap: KubeObject<ConfigMap>;
  /** CoreDNS under a second address, since the cache answers on the first. */
  readonly upstream: KubeObject<Service>;
  /** For Prometheus. */
  readonly metrics: KubeObject<Service>;
  /** Of the pods; without any permissions. */
  readonly serviceAccount: KubeObject<ServiceAccount>;

  constructor(scope: Construct, id: string, props: NodeLocalDnsProps = {}) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<NodeLocalDnsProps>('props', props, KEYS);
    const image = props.image === undefined ? IMAGE : check.text('image', props.image);
    const { name, server } = clusterWithServer(this, check);
    const labels = { ...clusterLabels(name), 'k8s-app': NAME };
    const metadata = (own: string) => ({ name: own, namespace: NAMESPACE, labels: { ...labels } });
    this.serviceAccount = new KubeObject<ServiceAccount>(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata(NAME),
      automountServiceAccountToken: false,
    });
    this.configMap = new KubeObject<ConfigMap>(this, 'ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(NAME),
      data: { Corefile: corefile(server) },
    });
    this.upstream = new KubeObject<Service>(this, 'Upstream', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(UPSTREAM),
      spec: { ports: dnsPorts((port) => ({ port, targetPort: port })), selector: { 'k8s-app': 'kube-dns' } },
    });
    this.metrics = new KubeObject<Service>(this, 'Metrics', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(NAME),
      spec: {
        clusterIP: 'None',
        ports: [{ name: 'metrics', port: METRICS, targetPort: METRICS, protocol: 'TCP' }],
        selector: { 'k8s-app': NAME },
      },
    });
    this.daemonSet = new KubeObject<DaemonSet>(this, 'DaemonSet', daemonSet(metadata(NAME), image, server) as never);
    const { daemonSet: own, configMap, upstream, metrics, serviceAccount } = this;
    applyCustomize(check, props.customize, { daemonSet: own, configMap, upstream, metrics, serviceAccount });
  }
}

/** The cluster, and the address on which its pods ask for names. */
function clusterWithServer(construct: Construct, check: Check): { readonly name: string; readonly server: string } {
  const cluster = clusterOf(construct);
  if (!cluster) {
    throw check.error(
      'required',
      '',
      'must be in an app with a Cluster',
      'create the Cluster first, or Cluster.existing',
    );
  }
  if (cluster.facts.compute === 'auto') {
    check.fail('forbidden', '', 'must be left out with Auto Mode, whose nodes have a DNS cache', 'remove it');
  }
  if (cluster.ipFamily === 'IPv6') {
    check.fail(
      'unsupported',
      '',
      'must be left out with IPv6: the address of the cache is one of IPv4',
      'remove it, or use a cluster with IPv4',
    );
  }
  const [range = '', ...others] = cluster.dns;
  if (others.length > 0) {
    check.fail(
      'required',
      '',
      'needs serviceIPv4CIDR of the cluster, which tells the address of the cluster DNS',
      "look at `kubectl -n kube-system get service kube-dns`, and write for example serviceIPv4CIDR: '10.100.0.0/16'",
    );
  }
  return { name: cluster.facts.name, server: range.replace(/\/\d+$/, '') };
}

function dnsPorts<T>(more: (port: number) => T) {
  return (['UDP', 'TCP'] as const).map((protocol) => ({
    name: protocol === 'UDP' ? 'dns' : 'dns-tcp',
    protocol,
    ...more(53),
  }));
}

/** Names of the cluster are asked of CoreDNS by TCP, which leaves no entries in the connection table behind. */
function corefile(server: string): string {
  const zone = (name: string, cache: readonly string[], forward: readonly string[], more: readonly string[] = []) =>
    [
      `${name}:53 {`,
      ...[
        'errors',
        ...cache,
        'reload',
        'loop',
        `bind ${NODE_LOCAL_DNS} ${server}`,
        ...forward,
        `prometheus :${METRICS}`,
        ...more,
      ].map((line) => `    ${line}`),
      '}',
    ].join('\n');
  const ofCluster = [`forward . ${CLUSTER_SERVERS} {`, '    force_tcp', '}'];
  const short = ['cache 30'];
  return `${[
    zone('cluster.local', ['cache {', '    success 9984 30', '    denial 9984 5', '}'], ofCluster, [
      `health ${NODE_LOCAL_DNS}:8080`,
    ]),
    zone('in-addr.arpa', short, ofCluster),
    zone('ip6.arpa', short, ofCluster),
    zone('.', short, [`forward . ${OUTSIDE_SERVERS}`]),
  ].join('\n')}\n`;
}

function daemonSet(metadata: DaemonSet['metadata'], image: string, server: string): object {
  const because = (what: string) => `${ANNOTATION_PREFIX}/${what}-because`;
  const annotations = {
    [because('host-network')]: 'it answers on addresses of the node',
    [because('capabilities')]: 'NET_ADMIN makes the address of the cache on the node',
    [because('root')]: 'the image runs as root, which NET_ADMIN needs',
    [because('writable-root')]: 'it writes its configuration beside its program',
    [waiverAnnotation('availability/memory-limit')]: 'a cache that is killed takes the DNS of its node with it',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { ...metadata, annotations },
    spec: {
      selector: { matchLabels: { 'k8s-app': NAME } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: { labels: { ...metadata.labels } },
        spec: {
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'node-cache',
              image,
              args: [
                ...['-localip', `${NODE_LOCAL_DNS},${server}`],
                ...['-conf', '/etc/Corefile'],
                ...['-upstreamsvc', UPSTREAM],
                ...['-pidfile', '/tmp/node-cache.pid'],
              ],
              livenessProbe: {
                httpGet: { host: NODE_LOCAL_DNS, path: '/health', port: 8080 },
                initialDelaySeconds: 60,
                timeoutSeconds: 5,
              },
              ports: [
                ...dnsPorts((containerPort) => ({ containerPort })),
                { name: 'metrics', containerPort: METRICS, protocol: 'TCP' },
              ],
              resources: { requests: { cpu: '25m', memory: '32Mi' } },
              securityContext: { capabilities: { add: ['NET_ADMIN'] } },
              volumeMounts: [
                { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
                { name: 'config', mountPath: '/etc/coredns' },
                { name: 'kube-dns-config', mountPath: '/etc/kube-dns' },
              ],
            },
          ],
          // the name servers of the node, not the cluster DNS, which is this
          dnsPolicy: 'Default',
          hostNetwork: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-node-critical',
          serviceAccountName: NAME,
          tolerations: [{ operator: 'Exists' }],
          volumes: [
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
            { name: 'config', configMap: { name: NAME, items: [{ key: 'Corefile', path: 'Corefile.base' }] } },
            { name: 'kube-dns-config', configMap: { name: 'kube-dns', optional: true } },
          ],
        },
      },
    },
  };
}
