import { type App, Chart } from 'cdk8s';
import { Cluster } from '../../charts/cluster/cluster';
import type { ClusterProps } from '../../charts/cluster/props';
import { KubeObject } from '../../charts/core/kube-object';
import type { AnyObject } from '../../imports/kubernetes';
import { AUTO, addonNames, BASE, NODES, type Result, synthesize, testApp } from './support';

type Loose = Readonly<Record<string, unknown>>;

/** An object as a team may write it. */
const object = (apiVersion: string, kind: string, spec: Loose = {}, metadata: Loose = {}): Loose => ({
  apiVersion,
  kind,
  metadata: { name: 'x', ...metadata },
  spec,
});

function addObjects(app: App, manifests: readonly Loose[]): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  for (const [i, manifest] of manifests.entries()) {
    new KubeObject(chart, `o${i}`, manifest as unknown as AnyObject);
  }
}

/** A cluster, and the objects of an app beside it. */
function withObjects(props: ClusterProps, ...manifests: readonly Loose[]): Result {
  const app = testApp();
  const cluster = new Cluster(app, 'prod', props);
  addObjects(app, manifests);
  return synthesize(app, cluster);
}

function besideExisting(addons: readonly string[], ...manifests: readonly Loose[]): Result {
  const app = testApp();
  const cluster = Cluster.existing(app, 'prod', { ...BASE, addons: [...addons] });
  addObjects(app, manifests);
  return synthesize(app, cluster);
}

/** What the steps install, in their order. */
const installed = ({ steps }: Result) => [...steps.matchAll(/^## \d+\. Install (.*)$/gm)].map(([, name]) => name);
const releases = ({ steps }: Result) => [...steps.matchAll(/^helm upgrade --install (\S+)/gm)].map(([, name]) => name);
const associations = ({ config }: Result) => config.iam.podIdentityAssociations;
const errorsOf = ({ findings }: Result, topic: string) =>
  findings.filter(({ rule, severity }) => severity === 'error' && rule.startsWith(topic));
const settingsOf = ({ config }: Result, name: string) =>
  JSON.parse(config.addons.find((addon: { name: string }) => addon.name === name)?.configurationValues ?? '{}');
const definition = (name: string) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}, { name, namespace: undefined });

const route = (kind = 'HTTPRoute', metadata: Loose = {}) =>
  object('gateway.networking.k8s.io/v1', kind, { parentRefs: [{ name: 'public' }] }, metadata);
const gateway = (gatewayClassName: string) =>
  object('gateway.networking.k8s.io/v1', 'Gateway', { gatewayClassName, listeners: [] });
const gatewayClass = (controllerName: string) =>
  object('gateway.networking.k8s.io/v1', 'GatewayClass', { controllerName });

describe('the Gateway API', () => {
  test('a route needs its definitions, which a step applies', () => {
    const result = withObjects(NODES, route(), route('GRPCRoute'));
    expect(installed(result)).toEqual(['Gateway API']);
    expect(result.steps).toMatch(
      /kubectl apply --server-side -f \S+\/gateway-api\/releases\/download\/v1\.6\.1\/standard-install\.yaml\n/,
    );
  });

  test.each([
    ['a class for ALBs', gatewayClass('gateway.k8s.aws/alb')],
    ['a class for NLBs', gatewayClass('gateway.k8s.aws/nlb')],
    ['what configures them', object('gateway.k8s.aws/v1', 'LoadBalancerConfiguration')],
  ])('%s needs the controller, which starts after the definitions are there', (_what, manifest) => {
    const result = withObjects(NODES, manifest);
    expect(installed(result)).toEqual(['Gateway API', 'AWS Load Balancer Controller']);
    expect(associations(result)[0].serviceAccountName).toBe('aws-load-balancer-controller');
  });

  test('in Auto Mode EKS brings both, when it is told so', () => {
    const result = withObjects(AUTO, gatewayClass('eks.amazonaws.com/gateway-alb'), gateway('alb'), route());
    expect(installed(result)).toEqual(['Gateway API']);
    expect(result.steps).toContain(
      `aws eks update-cluster-config --name prod --region us-west-2 \\\n  --kubernetes-network-config '{"elasticLoadBalancing":{"enabled":true,"gatewayApi":{"crds":{"managed":true}}}}'`,
    );
    expect(result.steps).not.toContain('helm');
  });

  test.each([
    ['a class of Istio', gatewayClass('istio.io/gateway-controller'), ['Gateway API', 'Istio']],
    ['a Gateway of the class that Istio makes', gateway('istio'), ['Gateway API', 'Istio']],
    [
      'a class of VPC Lattice',
      gatewayClass('application-networking.k8s.aws/gateway-api-controller'),
      ['Gateway API', 'AWS Gateway API Controller'],
    ],
    ['a Gateway of VPC Lattice', gateway('amazon-vpc-lattice'), ['Gateway API', 'AWS Gateway API Controller']],
    ['a class of a controller that is not known', gatewayClass('example.com/x'), ['Gateway API']],
    ['a Gateway of a class of the app', gateway('public'), ['Gateway API']],
  ])('%s', (_what, manifest, names) => {
    expect([...installed(withObjects(NODES, manifest))].sort()).toEqual([...names].sort());
    expect(installed(withObjects(NODES, manifest))[0]).toBe('Gateway API');
  });

  test('an app that brings the definitions or the controller needs neither', () => {
    const own = [definition('gateways.gateway.networking.k8s.io'), definition('targetgroupbindings.elbv2.k8s.aws')];
    expect(installed(withObjects(NODES, gatewayClass('gateway.k8s.aws/alb'), route(), ...own))).toEqual([]);
    const istio = definition('virtualservices.networking.istio.io');
    expect(installed(withObjects(NODES, gateway('istio'), istio))).toEqual(['Gateway API']);
  });
});

describe('VPC Lattice', () => {
  const result = withObjects(NODES, object('application-networking.k8s.aws/v1alpha1', 'TargetGroupPolicy'));

  test('its kinds need the controller, what it cannot find out, and its addresses let in', () => {
    expect(installed(result)).toEqual(['AWS Gateway API Controller']);
    expect(result.steps).toContain(
      'helm upgrade --install gateway-api-controller oci://public.ecr.aws/aws-application-networking-k8s/aws-gateway-controller-chart \\\n',
    );
    expect(result.steps).toContain('--set clusterName=prod');
    // Helm would take it for a number
    expect(result.steps).toContain('--set-string awsAccountId="$(aws sts');
    expect(result.steps).toContain('Values=com.amazonaws.us-west-2.vpc-lattice');
  });

  test('with permissions of its own, in the partition of the region', () => {
    const [{ serviceAccountName, permissionPolicy }] = associations(result);
    expect(serviceAccountName).toBe('gateway-api-controller');
    expect(permissionPolicy.Statement[0].Action).toContain('vpc-lattice:*');
    const china = { ...NODES, region: 'cn-north-1' } as ClusterProps;
    const [{ permissionPolicy: there }] = associations(
      withObjects(china, object('application-networking.k8s.aws/v1alpha1', 'TargetGroupPolicy')),
    );
    expect(there.Statement[1].Resource).toMatch(/^arn:aws-cn:iam::/);
  });
});

describe('Istio', () => {
  const namespace = (labels: Loose) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mesh', labels } });

  test.each([
    ['a kind of its own', object('networking.istio.io/v1', 'VirtualService'), ['istio-base', 'istiod']],
    ['a policy', object('security.istio.io/v1', 'PeerAuthentication'), ['istio-base', 'istiod']],
    ['a namespace with sidecars', namespace({ 'istio-injection': 'enabled' }), ['istio-base', 'istiod']],
    [
      'a restricted one, which refuses their init container',
      namespace({ 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' }),
      ['istio-base', 'istiod', 'istio-cni', 'istiod'],
    ],
    [
      'a namespace in ambient mode',
      namespace({ 'istio.io/dataplane-mode': 'ambient' }),
      ['istio-base', 'istiod', 'istiod', 'istio-cni', 'ztunnel'],
    ],
    ['a namespace of no mesh', namespace({ 'istio-injection': 'disabled' }), []],
    ['a namespace of another one', namespace({ 'linkerd.io/inject': 'enabled' }), []],
  ])('%s', (_what, manifest, expected) => {
    expect(releases(withObjects(NODES, manifest))).toEqual(expected);
  });

  test('its control plane is told of the plugin, and of ambient mode before the proxies of the nodes wait for it', () => {
    const { steps } = withObjects(NODES, namespace({ 'istio.io/dataplane-mode': 'ambient' }));
    expect(steps).toMatch(
      /install istiod istiod[^`]*--set profile=ambient[^`]*```[^`]*```sh\nhelm upgrade --install istio-cni cni/,
    );
  });

  test('an app that brings it needs no step', () => {
    const own = definition('virtualservices.networking.istio.io');
    expect(releases(withObjects(NODES, namespace({ 'istio-injection': 'enabled' }), own))).toEqual([]);
  });
});

describe('names of ExternalDNS', () => {
  const named = (kind: string, apiVersion = 'v1') =>
    object(apiVersion, kind, {}, { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.com' } });
  const endpoint = object('externaldns.k8s.io/v1alpha1', 'DNSEndpoint', { endpoints: [] });

  test('of a Service or an Ingress need the add-on, which tells its records by the name of the cluster', () => {
    for (const manifest of [named('Service'), named('Ingress', 'networking.k8s.io/v1')]) {
      const result = withObjects(NODES, manifest);
      expect(settingsOf(result, 'external-dns')).toEqual({ txtOwnerId: 'prod' });
      expect(result.steps).not.toContain('Sources of ExternalDNS');
      expect(result.steps).toContain('- Certificates of load balancers are yours to make.');
    }
    expect(withObjects(NODES).steps).toContain('- DNS names and certificates of load balancers are yours to make.');
    expect(addonNames(withObjects(NODES, object('v1', 'Service')).config)).not.toContain('external-dns');
  });

  test('leave what the program says of the add-on', () => {
    const addons = [{ name: 'external-dns', configuration: { txtOwnerId: 'ours', policy: 'sync' } }];
    const result = withObjects({ ...NODES, addons }, named('Service'));
    expect(settingsOf(result, 'external-dns')).toEqual({ policy: 'sync', txtOwnerId: 'ours' });
    expect(errorsOf(result, 'requirements/')).toEqual([]);
  });

  test('in DNSEndpoints and routes need sources, and the definition', () => {
    const result = withObjects(NODES, endpoint, named('HTTPRoute', 'gateway.networking.k8s.io/v1'), route('TCPRoute'));
    expect(result.steps).toMatch(/kubectl apply --server-side -f \S+dnsendpoints\.externaldns\.k8s\.io\.yaml\n/);
    expect(result.steps).toContain(
      `--configuration-values '{"sources":["service","ingress","crd","gateway-httproute"],"txtOwnerId":"prod"}'`,
    );
    expect(addonNames(result.config)).toContain('external-dns');
  });

  test('where EKS does not offer the add-on, its chart is installed', () => {
    const result = withObjects({ ...NODES, region: 'cn-north-1' } as ClusterProps, named('Service'));
    expect(addonNames(result.config)).not.toContain('external-dns');
    expect(installed(result)).toEqual(['ExternalDNS']);
    expect(associations(result)[0].permissionPolicyARNs).toEqual([
      'arn:aws-cn:iam::aws:policy/AmazonRoute53FullAccess',
    ]);
  });

  test('beside a cluster that exists, its list of add-ons says whether they come', () => {
    const said = (addons: readonly string[]) =>
      besideExisting(addons, named('Service')).warnings.filter((warning) => warning.includes('external-dns'));
    expect(said(['external-dns'])).toEqual([]);
    expect(said(['vpc-cni'])).toEqual([
      expect.stringContaining("whether cluster 'prod' meets 'addon/external-dns' is unknown"),
    ]);
  });
});

describe('a SecurityGroupPolicy', () => {
  const policy = object('vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicy', { podSelector: {} });

  test('switches them on in the network plugin of node groups, so that network policies hold too', () => {
    const result = withObjects(NODES, policy);
    expect(settingsOf(result, 'vpc-cni').env).toEqual({
      ENABLE_POD_ENI: 'true',
      POD_SECURITY_GROUP_ENFORCING_MODE: 'standard',
    });
    expect(result.steps).toContain('Security groups of pods');
    expect(result.steps).not.toContain('kubectl set env');
    expect(settingsOf(withObjects(NODES), 'vpc-cni')).toEqual({});
  });

  test('leaves the mode that the program gives', () => {
    const configuration = { env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'strict' } };
    const result = withObjects({ ...NODES, addons: [{ name: 'vpc-cni', configuration }] }, policy);
    expect(result.errors).toEqual([]);
    expect(settingsOf(result, 'vpc-cni').env).toEqual({
      ENABLE_POD_ENI: 'true',
      POD_SECURITY_GROUP_ENFORCING_MODE: 'strict',
    });
  });

  test('needs Kubernetes 1.36 in Auto Mode', () => {
    expect(errorsOf(withObjects(AUTO, policy), 'requirements/unmet')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('EKS Auto Mode with Kubernetes 1.35') }),
    ]);
    const newer = withObjects({ ...AUTO, version: '1.36' } as ClusterProps, policy);
    expect(errorsOf(newer, 'requirements/')).toEqual([]);
    expect(newer.steps).not.toContain('branch network interfaces');
  });

  test('beside a cluster that exists is a step', () => {
    const { steps, errors } = besideExisting(['vpc-cni'], policy);
    expect(errors).toEqual([]);
    expect(steps).toContain('kubectl set env daemonset/aws-node -n kube-system ENABLE_POD_ENI=true');
  });
});

describe('network policies of AWS', () => {
  const byNames = object('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', { podSelector: {} });
  const ofCluster = (...to: Loose[]) =>
    object(
      'networking.k8s.aws/v1alpha1',
      'ClusterNetworkPolicy',
      { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Accept', to }] },
      { namespace: undefined },
    );
  const names = { domainNames: ['*.example.com'] };
  const networks = { networks: ['192.0.2.0/24'] };

  test('by names are an error on node groups, once', () => {
    for (const policy of [byNames, ofCluster(networks, names)]) {
      expect(errorsOf(withObjects(NODES, policy), '')).toEqual([
        expect.objectContaining({ message: expect.stringContaining('do not hold network policies by domain names') }),
      ]);
      expect(errorsOf(withObjects(AUTO, policy), '')).toEqual([]);
    }
    expect(errorsOf(withObjects(NODES, ofCluster(networks)), '')).toEqual([]);
  });

  test('switch network policies on', () => {
    expect(settingsOf(withObjects(NODES, ofCluster(networks)), 'vpc-cni')).toEqual({ enableNetworkPolicy: 'true' });
    expect(settingsOf(withObjects(NODES), 'vpc-cni')).toEqual({});
  });

  test('of the whole cluster need a plugin that holds them, where EKS does not keep it new', () => {
    const TITLE = 'Network policies of the whole cluster';
    expect(withObjects(NODES, ofCluster(networks)).steps).toContain('1.21.1');
    expect(withObjects(NODES, ofCluster(networks)).steps).toContain(TITLE);
    expect(besideExisting(['vpc-cni'], ofCluster(networks)).steps).toContain(TITLE);
    expect(withObjects(AUTO, ofCluster(networks)).steps).not.toContain(TITLE);
  });
});

describe('Velero', () => {
  const location = (bucket: string, more: Loose = {}) =>
    object(
      'velero.io/v1',
      'BackupStorageLocation',
      { provider: 'aws', objectStorage: { bucket }, ...more },
      { namespace: 'velero' },
    );
  const schedule = object('velero.io/v1', 'Schedule', { schedule: '0 2 * * *' }, { namespace: 'velero' });

  test('its kinds need it, with the plugin for AWS and without a secret', () => {
    const result = withObjects(NODES, schedule);
    expect(installed(result)).toEqual(['Velero']);
    expect(result.steps).toMatch(/--set credentials\.useSecret=false \\\n/);
    expect(result.steps).toMatch(/--set 'initContainers\[0\]\.image=velero\/velero-plugin-for-aws:v1\.14\.0' \\\n/);
  });

  test('has permissions for snapshots, and for the buckets of all locations', () => {
    const own = location('other', { credential: { name: 'keys', key: 'cloud' } });
    const [association, ...more] = associations(withObjects(NODES, schedule, location('b'), location('a'), own));
    expect(more).toEqual([]);
    expect(association).toMatchObject({ namespace: 'velero', serviceAccountName: 'velero-server' });
    const [snapshots, list, data] = association.permissionPolicy.Statement;
    expect(snapshots.Action).toContain('ec2:CreateSnapshot');
    expect(list.Resource).toEqual(['arn:aws:s3:::a', 'arn:aws:s3:::b']);
    expect(data.Resource).toEqual(['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*']);
    expect(data.Action).toContain('s3:PutObject');
  });

  test('has none for buckets where the app names none', () => {
    const [{ permissionPolicy }] = associations(withObjects(NODES, schedule));
    expect(permissionPolicy.Statement).toHaveLength(1);
  });
});
