import { Cluster, Mesh, type Tenant, type TenantProps } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { KubeObject } from '../../charts/core/kube-object';
import {
  appOf,
  find,
  IMAGE,
  job,
  type Manifest,
  manifests,
  newApp,
  newCluster,
  newTenant,
  synth,
  web,
} from '../support/app';
import { findingsOf } from '../support/findings';

const because = 'the test says so';
const labelsOf = (tenant: Tenant) => tenant.namespaceObject.toJson().metadata.labels!;
const annotationsOf = (tenant: Tenant) => tenant.namespaceObject.toJson().metadata.annotations ?? {};
const sidecar = (more: object = {}) => ({ mesh: Mesh.istio({ mode: 'sidecar', ...more }) });
const ambient = (more: object = {}) => ({ mesh: Mesh.istio({ mode: 'ambient', ...more }) });
const lattice = (more: object = {}) => ({ mesh: Mesh.lattice(more) });
const asks = (tenant: Tenant) =>
  Object.entries(labelsOf(tenant)).filter(([key]) => /istio|application-networking/.test(key));
const IPV6 = { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' }, iam: { withOIDC: true } } } as never;
const ranges = ({ spec }: Manifest, side: 'ingress' | 'egress') =>
  spec[side].flatMap((rule: Manifest) =>
    (rule.from ?? rule.to).flatMap(({ ipBlock }: Manifest) => ipBlock?.cidr ?? []),
  );
const policyOf = (tenant: Tenant) => tenant.meshPolicy!.toJson() as unknown as Manifest;

describe('a namespace that joins a mesh', () => {
  test.each([
    ['by sidecars', sidecar(), [['istio-injection', 'enabled']]],
    ['by sidecars of a revision', sidecar({ revision: 'stable' }), [['istio.io/rev', 'stable']]],
    ['in ambient mode', ambient(), [['istio.io/dataplane-mode', 'ambient']]],
    ['of VPC Lattice', lattice(), [['application-networking.k8s.aws/pod-readiness-gate-inject', 'enabled']]],
    ['of none', {}, []],
  ])('%s has its label alone', (_what, props, labels) => {
    expect(asks(newTenant(props))).toEqual(labels);
  });

  test('says why it is looser', () => {
    const loose = { mtls: { mode: 'permissive', because }, authorization: { open: true, because: 'and this' } };
    expect(annotationsOf(newTenant(ambient(loose)))).toEqual({
      'cdk8s-eks-patterns.io/permissive-mesh-because': because,
      'cdk8s-eks-patterns.io/open-mesh-because': 'and this',
    });
    expect(annotationsOf(newTenant(ambient()))).toEqual({});
  });

  test.each([
    ['strict unless said', {}, 'STRICT'],
    ['permissive with a reason', { mtls: { mode: 'permissive', because } }, 'PERMISSIVE'],
  ])('takes mutual TLS: %s', (_what, more, mode) => {
    const { metadata, spec } = newTenant(ambient(more)).peerAuthentication!.toJson();
    expect([metadata.name, spec]).toEqual(['default', { mtls: { mode } }]);
  });

  test('of VPC Lattice has no objects of Istio', () => {
    const tenant = newTenant(lattice());
    const service = web({}, tenant);
    expect([tenant.peerAuthentication, service.peerAuthentication, service.authorizationPolicy]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the policy of the namespace', () => {
  test('lets proxies call the control plane, resolve its name, and be scraped', () => {
    const { spec } = policyOf(newTenant({ ...sidecar(), defaults: { scraper: { namespace: 'observe' } } }));
    const [dns, istiod, ...more] = spec.egress;
    expect(more).toEqual([]);
    expect(dns.ports.map(({ port }: Manifest) => port)).toEqual([53, 53]);
    expect(istiod).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
          podSelector: { matchLabels: { app: 'istiod' } },
        },
      ],
      ports: [{ port: 15012, protocol: 'TCP' }],
    });
    expect(spec.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observe' } } }],
        ports: [
          { port: 15020, protocol: 'TCP' },
          { port: 15090, protocol: 'TCP' },
        ],
      },
    ]);
    expect([spec.podSelector, spec.policyTypes]).toEqual([{}, ['Ingress', 'Egress']]);
  });

  const V4 = { probes: '169.254.7.127/32', lattice: '169.254.171.0/24' };
  const V6 = { probes: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128', lattice: 'fd00:ec2:80::/64' };
  test.each([
    ['IPv4', () => newCluster(), [V4]],
    ['IPv6', () => newCluster(newApp(), IPV6), [V6]],
    [
      'a family that nobody knows',
      () => Cluster.existing(newApp(), 'prod', { region: 'us-west-2', version: '1.35' }),
      [V4, V6],
    ],
  ])('in a cluster of %s has its addresses', (_what, cluster, known) => {
    const probed = policyOf(newTenant(ambient(), cluster()));
    expect([probed.spec.policyTypes, ranges(probed, 'ingress')]).toEqual([
      ['Ingress'],
      known.map(({ probes }) => probes),
    ]);
    expect(probed.spec.ingress[0]).not.toHaveProperty('ports');
    const called = policyOf(newTenant(lattice({ ports: [8443] }), cluster()));
    expect([called.spec.policyTypes, ranges(called, 'egress')]).toEqual([['Egress'], known.map((one) => one.lattice)]);
    expect(called.spec.egress[0].ports).toEqual([{ port: 8443, protocol: 'TCP' }]);
  });

  test('is not there where the network is open, and nobody is kept out then', () => {
    const tenant = newTenant({ ...ambient(), network: { open: true, because } });
    const service = web({}, tenant);
    expect([tenant.meshPolicy, service.authorizationPolicy]).toEqual([undefined, undefined]);
    expect(service.peerAuthentication).toBeDefined();
  });

  test('VPC Lattice may call the ports of clients, and no others', () => {
    const service = web({ port: { http: 8080, admin: 9090 }, metrics: { port: 9999 } }, newTenant(lattice()));
    const rules = service.networkPolicy!.toJson().spec.ingress!;
    const called = rules.filter(({ from }) => from!.some(({ ipBlock }) => ipBlock?.cidr === V4.lattice));
    expect(called.flatMap(({ ports }) => ports!.map(({ port }) => port))).toEqual([8080, 9090]);
  });
});

test.each([
  ['in a tenant of VPC Lattice', lattice(), []],
  ['in one without a mesh', {}, ['routes/closed-backend']],
])('a route of VPC Lattice %s', (_what, props, rules) => {
  const tenant = newTenant(props);
  const { name } = web({}, tenant);
  const api = 'gateway.networking.k8s.io/v1';
  const listener = { name: 'http', protocol: 'HTTP', port: 80 };
  const gateway = { gatewayClassName: 'amazon-vpc-lattice', listeners: [listener] };
  const made = { controllerName: 'application-networking.k8s.aws/gateway-api-controller' };
  new KubeObject(tenant, 'class', {
    apiVersion: api,
    kind: 'GatewayClass',
    metadata: { name: 'amazon-vpc-lattice' },
    spec: made,
  } as never);
  const route = { parentRefs: [{ name: 'net' }], rules: [{ backendRefs: [{ name, port: 8080 }] }] };
  for (const [kind, spec] of Object.entries({ Gateway: gateway, HTTPRoute: route })) {
    new KubeObject(tenant, kind, { apiVersion: api, kind, metadata: { name: 'net' }, spec } as never);
  }
  const found = Testing.findings(appOf(tenant)).map(({ rule }) => rule);
  expect(found.filter((rule) => /^(routes|gateways|network-policies)\//.test(rule))).toEqual(rules);
});

describe('proxies in the quota', () => {
  const hard = (props: TenantProps, fill: (tenant: Tenant) => void) => {
    const tenant = newTenant(props);
    fill(tenant);
    return find(manifests(appOf(tenant)), 'ResourceQuota').spec.hard;
  };
  const one = (tenant: Tenant) => void job({ resources: { cpu: '100m', memory: '128Mi' } }, tenant);
  const raw =
    (metadata: object, spec: object = {}) =>
    (tenant: Tenant) =>
      void new KubeObject(tenant, 'raw', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'raw', ...metadata },
        spec: {
          ...spec,
          containers: [
            {
              name: 'raw',
              image: IMAGE,
              resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
            },
          ],
        },
      } as never);

  test('are counted with every pod, and the disk that the LimitRange gives them', () => {
    // one pod that runs, and one that ends
    expect(hard({}, one)).toMatchObject({
      'requests.cpu': '200m',
      'limits.memory': '256Mi',
      'requests.ephemeral-storage': '2Gi',
    });
    expect(hard(sidecar(), one)).toMatchObject({
      pods: '2',
      'requests.cpu': '400m',
      'requests.memory': '512Mi',
      'limits.memory': '2304Mi',
      'requests.ephemeral-storage': '4Gi',
    });
    expect(hard(ambient(), one)).toEqual(hard({}, one));
  });

  test('have the size that is said, which their annotations say too', () => {
    const proxy = { cpu: '50m', memory: '64Mi', memoryLimit: '128Mi', cpuLimit: 'none' };
    expect(hard(sidecar({ proxy }), one)).toMatchObject({ 'requests.cpu': '300m', 'limits.memory': '512Mi' });
    const batch = job({}, newTenant(sidecar({ proxy })));
    expect(batch.job.toJson().spec.template.metadata.annotations).toMatchObject({
      'sidecar.istio.io/proxyCPU': '50m',
      'sidecar.istio.io/proxyMemory': '64Mi',
      'sidecar.istio.io/proxyMemoryLimit': '128Mi',
      'sidecar.istio.io/nativeSidecar': 'true',
      'sidecar.istio.io/rewriteAppHTTPProbers': 'true',
    });
    expect(batch.job.toJson().spec.template.metadata.annotations).not.toHaveProperty('sidecar.istio.io/proxyCPULimit');
  });

  test.each([
    ['with what Istio gives', raw({}), '1100m'],
    ['with what it asks for', raw({ annotations: { 'sidecar.istio.io/proxyCPU': '500m' } }), '1500m'],
    ['without a proxy that it leaves out', raw({ labels: { 'sidecar.istio.io/inject': 'false' } }), '1'],
    ['without a proxy on the network of its node', raw({}, { hostNetwork: true }), '1'],
  ])('count a pod by hand %s', (_what, fill, cpu) => {
    const level = { podSecurity: { level: 'privileged', because } } as const;
    expect(hard({ ...sidecar(), ...level }, fill)['requests.cpu']).toBe(cpu);
  });
});

describe('what the review says of injected containers', () => {
  const told = (props: TenantProps) => {
    const tenant = newTenant(props);
    web({}, tenant);
    return Testing.findings(appOf(tenant)).filter(({ rule }) =>
      /^(containers\/injected|network-policies\/ambient)$/.test(rule),
    );
  };

  test.each([
    ['sidecars', sidecar()],
    ['ambient mode', ambient()],
  ])('is nothing of %s', (_what, props) => {
    expect(told(props)).toEqual([]);
  });

  test('is the quota that somebody wrote', () => {
    expect(told({ ...sidecar(), quota: { 'requests.cpu': '20' } }).map(({ message }) => message)).toEqual([
      expect.stringContaining('the quota of the namespace counts it, and the manifests do not'),
    ]);
  });

  test('is the label by hand, as before', () => {
    expect(told({ labels: { 'istio-injection': 'enabled' } })).toHaveLength(1);
    expect(told({ labels: { 'istio.io/dataplane-mode': 'ambient' } })).toHaveLength(1);
  });
});

test.each([
  ['sidecars', sidecar(), ['Istio', 'Istio CNI']],
  ['ambient mode', ambient(), ['Istio', 'Istio ambient mode']],
  ['VPC Lattice', lattice(), ['AWS Gateway API Controller']],
])('the steps install what %s need', (_what, props, controllers) => {
  const tenant = newTenant(props);
  web({}, tenant);
  const { files } = synth(appOf(tenant));
  const steps = Object.entries(files).find(([name]) => name.endsWith('prod.md'))![1];
  const installed = [...steps.matchAll(/^## \d+\. Install (.*)$/gm)].map(([, name]) => name);
  expect(installed.filter((name) => /Istio|Gateway API Controller/.test(name!))).toEqual(controllers);
});

test('edits reach the objects of the mesh', () => {
  const edit = (manifest: Manifest) => void Object.assign(manifest.metadata, { annotations: { edited: 'yes' } });
  const customize = { meshPolicy: edit, peerAuthentication: edit } as never;
  const tenant = newTenant({ ...ambient(), customize });
  expect([tenant.meshPolicy, tenant.peerAuthentication].map((one) => one!.toJson().metadata.annotations)).toEqual([
    { edited: 'yes' },
    { edited: 'yes' },
  ]);
  expect(findingsOf(() => newTenant({ customize: { meshPolicy: edit } as never }))).toHaveLength(1);
});
