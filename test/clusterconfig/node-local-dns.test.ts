import { NodeLocalDns } from 'cdk8s-eks-patterns';
import {
  existingCluster,
  find,
  type Manifest,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  synth,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const made = (cluster = newCluster(), props: object = {}) => {
  const dns = new NodeLocalDns(cluster, 'dns', props);
  return { dns, app: cluster.node.root as ReturnType<typeof newApp> };
};

describe('a DNS cache on each node', () => {
  it('answers on its own address and on that of the cluster DNS', () => {
    const { manifests } = synth(made().app);
    const { args, livenessProbe } = find(manifests, 'DaemonSet').spec.template.spec.containers[0];
    expect(args.slice(0, 2)).toEqual(['-localip', '169.254.20.10,10.100.0.10']);
    expect(livenessProbe.httpGet.host).toBe('169.254.20.10');
    const { Corefile } = find(manifests, 'ConfigMap').data;
    expect(Corefile.match(/^ {4}bind .*$/gm)).toEqual(Array(4).fill('    bind 169.254.20.10 10.100.0.10'));
    expect(Corefile.match(/^\S+ \{$/gm)).toEqual([
      'cluster.local:53 {',
      'in-addr.arpa:53 {',
      'ip6.arpa:53 {',
      '.:53 {',
    ]);
  });

  it('asks CoreDNS by a second Service, and the name servers of its node for the rest', () => {
    const { manifests } = synth(made().app);
    const { args, ...container } = find(manifests, 'DaemonSet').spec.template.spec.containers[0];
    expect(args).toEqual(expect.arrayContaining(['-upstreamsvc', 'kube-dns-upstream']));
    expect(find(manifests, 'Service', 'kube-dns-upstream').spec).toMatchObject({
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    });
    expect(container.securityContext).toEqual({ capabilities: { add: ['NET_ADMIN'] } });
    expect(find(manifests, 'DaemonSet').spec.template.spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'Default' });
  });

  it('follows the range of Services', () => {
    const { dns } = made(newCluster(newApp(), { serviceIPv4CIDR: '172.21.0.0/16' }));
    expect(dns.configMap.toJson().data!.Corefile).toContain('bind 169.254.20.10 172.21.0.10\n');
  });

  it('stands in the file of the cluster, and nothing is found in it that is not said to be so', () => {
    const { app } = made();
    const { files } = synth(app);
    expect(files['_cluster.k8s.yaml']).toContain('kind: DaemonSet\n');
    const open = app.findings.filter(({ object, waived }) => object?.name === 'node-local-dns' && waived === undefined);
    expect(open.map(({ rule }) => rule)).toEqual([]);
    expect(app.findings.filter(({ waived }) => waived).map(({ rule }) => rule)).toContain('security/writable-root');
  });

  it('is reached by the pods of isolated tenants', () => {
    const cluster = newCluster();
    const { app } = made(cluster);
    web({}, newTenant({}, cluster));
    const { egress } = find(synth(app).manifests, 'NetworkPolicy', 'web').spec;
    const peers = egress.flatMap(({ to, ports }: Manifest) =>
      ports.some(({ port }: Manifest) => port === (53 as never)) ? to : [],
    );
    expect(peers).toContainEqual({ ipBlock: { cidr: '169.254.20.10/32' } });
  });

  it('takes another image, and edits', () => {
    const image = '111122223333.dkr.ecr.us-west-2.amazonaws.com/dns:1.26.4';
    const { dns } = made(newCluster(), {
      image,
      customize: {
        daemonSet: (set: Manifest) => {
          set.spec.template.spec.containers[0].resources.requests.cpu = '50m';
        },
      },
    });
    expect(dns.daemonSet.toJson().spec.template.spec.containers[0]).toMatchObject({
      image,
      resources: { requests: { cpu: '50m' } },
    });
  });

  const ipv6 = { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' }, iam: { withOIDC: true } } } as never;
  it.each([
    ['Auto Mode, which has one', () => made(newAutoCluster()), 'props/forbidden', ''],
    ['IPv6', () => made(newCluster(newApp(), ipv6)), 'props/unsupported', ''],
    ['an unknown range of Services', () => made(existingCluster()), 'props/required', ''],
    ['no cluster', () => new NodeLocalDns(newTenant({}, newApp()), 'dns'), 'props/required', ''],
    ['an empty image', () => made(newCluster(), { image: '' }), 'props/type', 'image'],
    ['an unknown key', () => made(newCluster(), { address: '169.254.20.11' }), 'props/unknown', 'address'],
  ])('is refused with %s', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });

  it('is written for a cluster that exists and says its range', () => {
    const { app } = made(existingCluster(newApp(), { serviceIPv4CIDR: '10.100.0.0/16' }));
    expect(findingsOf(() => app)).toEqual([]);
  });
});
