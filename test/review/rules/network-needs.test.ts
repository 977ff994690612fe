/** Services that ended, policies by names, certificates by HTTP-01, and load balancers without TLS. */
import { namespace, of, policy, set } from './support';

const cluster = (compute: string) => `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
${compute}`;
const NODES = cluster('managedNodeGroups: [{ name: workers, instanceType: m5.large }]');
const AUTO = cluster('autoModeConfig: { enabled: true }');
const custom = (apiVersion: string, kind: string, spec = '{}', metadata = 'namespace: shop') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, ${metadata} }, spec: ${spec} }`;

describe('api-versions/ended: services of AWS that have ended', () => {
  const RULE = 'api-versions/ended';
  test.each<[string, string, string[]]>([
    ['a node of App Mesh', custom('appmesh.k8s.aws/v1beta2', 'VirtualNode'), ['error apiVersion']],
    ['a mesh of it, in another version', custom('appmesh.k8s.aws/v1beta1', 'Mesh'), ['error apiVersion']],
    [
      'a namespace that asks for its sidecars',
      namespace('shop', '{ appmesh.k8s.aws/sidecarInjectorWebhook: enabled }'),
      ["error metadata.labels['appmesh.k8s.aws/sidecarInjectorWebhook']"],
    ],
    ['a namespace that does not', namespace('shop', '{ appmesh.k8s.aws/sidecarInjectorWebhook: disabled }'), []],
    ['an object of Istio', custom('networking.istio.io/v1', 'VirtualService'), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});

describe('compute-mode/domain-policies: policies by domain names', () => {
  const RULE = 'compute-mode/domain-policies';
  const byName = custom('networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', '{ podSelector: {} }');
  const egress = (peer: string) =>
    custom(
      'networking.k8s.aws/v1alpha1',
      'ClusterNetworkPolicy',
      `{ tier: Admin, priority: 1, egress: [{ action: Accept, to: [{ networks: [10.0.0.0/8] }] }, { action: Accept, to: [{ networks: [10.0.0.0/8] }, { ${peer} }] }] }`,
      '',
    );
  const names = egress("domainNames: ['*.example.com']");

  test.each<[string, string, string[]]>([
    ['of a namespace, on node groups', set(NODES, byName), ['error apiVersion']],
    ['of a namespace, in Auto Mode', set(AUTO, byName), []],
    ['of a namespace, in a cluster that is not known', byName, []],
    ['of the cluster, on node groups', set(NODES, names), ['error spec.egress[1].to[1].domainNames']],
    ['of the cluster, in Auto Mode', set(AUTO, names), []],
    [
      'of the cluster, first of all',
      set(NODES, names.replace('{ networks: [10.0.0.0/8] }, { domain', '{ domain')),
      ['error spec.egress[1].to[0].domainNames'],
    ],
    ['of the cluster by networks', set(NODES, egress('networks: [192.0.2.0/24]')), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});

describe('compute-mode/pod-security-groups: security groups of pods', () => {
  const RULE = 'compute-mode/pod-security-groups';
  const own = custom('vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicy', '{ podSelector: {} }');
  const plugin = (values: string) => `${NODES}\naddons: [{ name: vpc-cni, configurationValues: '${values}' }]`;
  const inMode = (mode: string) =>
    plugin(`{"env":{"ENABLE_POD_ENI":"true","POD_SECURITY_GROUP_ENFORCING_MODE":"${mode}"}}`);
  const DENY = policy('podSelector: {}, policyTypes: [Ingress, Egress]');
  const at = (version: string) => AUTO.replace('us-west-2', `us-west-2, version: '${version}'`);
  const FARGATE = cluster('fargateProfiles: [{ name: all, selectors: [{ namespace: shop }] }]');

  test.each<[string, string, string[]]>([
    ['without the plugin being listed', set(NODES, own), ['warning apiVersion']],
    ['that the plugin is told of', set(plugin('{"env":{"ENABLE_POD_ENI":"true"}}'), own), []],
    [
      'that the plugin is told to leave',
      set(plugin('{"env":{"ENABLE_POD_ENI":"false"}}'), own),
      ['warning apiVersion'],
    ],
    ['beside other settings', set(plugin('{"enableNetworkPolicy":"true"}'), own), ['warning apiVersion']],
    ['in the mode strict, beside policies', set(inMode('strict'), own, DENY), ['warning spec.securityGroups']],
    [
      'in no mode that is said, beside policies',
      set(plugin('{"env":{"ENABLE_POD_ENI":"true"}}'), own, DENY),
      ['warning spec.securityGroups'],
    ],
    ['in the mode strict, without policies', set(inMode('strict'), own), []],
    ['in the mode standard, beside policies', set(inMode('standard'), own, DENY), []],
    ['on Fargate', set(FARGATE, own), []],
    ['in Auto Mode', set(at('1.36'), own), []],
    ['in Auto Mode before', set(at('1.35'), own), ['warning apiVersion']],
    ['in a cluster that is not known', own, []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});

describe('ingress/http-only: a load balancer without TLS', () => {
  const RULE = 'ingress/http-only';
  const FIELD = "metadata.annotations['alb.ingress.kubernetes.io/listen-ports']";
  const ingress = (annotations: Readonly<Record<string, string>>, className = 'alb') => {
    const all = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    return `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: ${JSON.stringify(all)} }, spec: { ingressClassName: ${className}, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
  };
  const PUBLIC = { scheme: 'internet-facing' };
  const byParams = (spec: string) =>
    set(
      `{ apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: { name: edge }, spec: { ${spec} } }`,
      '{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: edge }, spec: { controller: ingress.k8s.aws/alb, parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: edge } } }',
      ingress({}, 'edge'),
    );

  test.each<[string, string, string[]]>([
    ['on the internet', ingress(PUBLIC), [`warning ${FIELD}`]],
    ['on the internet, by its ports', ingress({ ...PUBLIC, 'listen-ports': '[{"HTTP": 8080}]' }), [`warning ${FIELD}`]],
    [
      'on the internet, with a certificate',
      ingress({ ...PUBLIC, 'certificate-arn': 'arn:aws:acm:us-west-2:111122223333:certificate/x' }),
      [],
    ],
    [
      'on the internet, with HTTPS beside',
      ingress({ ...PUBLIC, 'listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]' }),
      [],
    ],
    ['of a group, whose other members may have it', ingress({ ...PUBLIC, 'group.name': 'edge' }), []],
    ['within the VPC', ingress({ scheme: 'internal' }), []],
    ['of the usual scheme', ingress({}), []],
    ['on the internet by the params of its class', byParams('scheme: internet-facing'), [`warning ${FIELD}`]],
    ['with a certificate of these', byParams('scheme: internet-facing, certificateARNs: [a]'), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});

describe('network-policies/acme-solver: certificates by HTTP-01', () => {
  const RULE = 'network-policies/acme-solver';
  const HTTP = '{ http01: { ingress: {} } }';
  const issuer = (solvers: string, kind = 'Issuer', metadata = 'namespace: shop') =>
    custom('cert-manager.io/v1', kind, `{ acme: { solvers: [${solvers}] } }`, metadata);
  const certificate = (kind = 'Issuer') =>
    custom('cert-manager.io/v1', 'Certificate', `{ issuerRef: { kind: ${kind}, name: x } }`);
  const DENY = policy('podSelector: {}, policyTypes: [Ingress, Egress]');
  const OPEN = policy(
    "podSelector: { matchLabels: { acme.cert-manager.io/http01-solver: 'true' } }, ingress: [{ ports: [{ port: 8089 }] }]",
  );
  const annotated = `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: { cert-manager.io/cluster-issuer: x } }, spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;

  test.each<[string, string, string[]]>([
    ['in a closed namespace', set(issuer(HTTP), certificate(), DENY), ['warning spec.issuerRef']],
    [
      'of a ClusterIssuer',
      set(issuer(HTTP, 'ClusterIssuer', ''), certificate('ClusterIssuer'), DENY),
      ['warning spec.issuerRef'],
    ],
    [
      'of an Ingress',
      set(issuer(HTTP, 'ClusterIssuer', ''), annotated, DENY),
      ["warning metadata.annotations['cert-manager.io/cluster-issuer']"],
    ],
    ['whose pods are let in', set(issuer(HTTP), certificate(), DENY, OPEN.replace('name: policy', 'name: open')), []],
    ['in a namespace without policies', set(issuer(HTTP), certificate()), []],
    [
      'where other pods are closed',
      set(issuer(HTTP), certificate(), policy('podSelector: { matchLabels: { app: web } }')),
      [],
    ],
    [
      'where policies are for calls out',
      set(issuer(HTTP), certificate(), policy('podSelector: {}, policyTypes: [Egress]')),
      [],
    ],
    [
      'where another API may open them',
      set(issuer(HTTP), certificate(), DENY, custom('cilium.io/v2', 'CiliumNetworkPolicy')),
      [],
    ],
    ['by DNS-01', set(issuer('{ dns01: { route53: {} } }'), certificate(), DENY), []],
    ['by either', set(issuer(`{ dns01: {} }, ${HTTP}`), certificate(), DENY), []],
    ['of an issuer without solvers', set(issuer(''), certificate(), DENY), []],
    ['beside an Ingress that is no policy', set(issuer(HTTP), certificate(), annotated), []],
    ['of an issuer elsewhere', set(certificate(), DENY), []],
    ['of an issuer of another namespace', set(issuer(HTTP, 'Issuer', 'namespace: other'), certificate(), DENY), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});

describe('references/missing: the Secret of a load balancer that logs users in', () => {
  const RULE = 'references/missing';
  const annotated = (type: string, provider: string) =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: ${JSON.stringify(
      { 'alb.ingress.kubernetes.io/auth-type': type, 'alb.ingress.kubernetes.io/auth-idp-oidc': provider },
    )} }, spec: { ingressClassName: alb } }`;
  const provider = JSON.stringify({ issuer: 'https://login.example.com', secretName: 'login' });
  const secret = (ns: string) => `{ apiVersion: v1, kind: Secret, metadata: { name: login, namespace: ${ns} } }`;

  test.each<[string, string, string[]]>([
    ['is not there', annotated('oidc', provider), ['warning']],
    ['is there', set(annotated('oidc', provider), secret('shop')), []],
    ['is in another namespace', set(annotated('oidc', provider), secret('other')), ['warning']],
    ['is not read for another type', annotated('cognito', provider), []],
    ['is not named', annotated('oidc', '{}'), []],
    ['cannot be read', annotated('oidc', 'secretName: login'), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  const rule = (action: string) => `
apiVersion: gateway.k8s.aws/v1
kind: ListenerRuleConfiguration
metadata: { name: web, namespace: shop }
spec: { actions: [${action}] }
`;
  const login = rule('{ type: authenticate-oidc, authenticateOIDCConfig: { secret: { name: login } } }');

  test.each<[string, string, string[]]>([
    ['is not there', login, ['warning']],
    ['is there', set(login, secret('shop')), []],
    ['is not needed', rule('{ type: jwt-validation }'), []],
  ])('of a rule of a Gateway that %s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  test('can be of another set', () => {
    const existing = [{ kind: 'Secret', namespace: 'shop', name: 'login' }];
    expect(of(RULE, annotated('oidc', provider), existing)).toEqual([]);
  });
});

describe('placement/branch-interfaces: instance types for security groups of pods', () => {
  const RULE = 'placement/branch-interfaces';
  const POLICY = custom('vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicy', '{ podSelector: {} }');
  const POD = `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { containers: [{ name: web, image: web }] } }`;
  const nodes = (type: string, more = '') =>
    cluster(`managedNodeGroups: [{ name: a, instanceType: ${type} }]
${more}`);
  const fargate = (namespace: string) => `fargateProfiles: [{ name: all, selectors: [{ namespace: ${namespace} }] }]`;
  const pool = '{ apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: a }, spec: {} }';

  test.each<[string, string, string[]]>([
    ['t3', set(nodes('t3.large'), POLICY, POD), ['warning spec.podSelector']],
    [
      't3 and t4g',
      set(cluster('managedNodeGroups: [{ name: a, instanceTypes: [t3.large, t4g.large] }]'), POLICY, POD),
      ['warning spec.podSelector'],
    ],
    [
      't3 and m5',
      set(cluster('managedNodeGroups: [{ name: a, instanceTypes: [t3.large, m5.large] }]'), POLICY, POD),
      [],
    ],
    [
      'types of a launch template',
      set(cluster('managedNodeGroups: [{ name: a, launchTemplate: { id: lt-12345678 } }]'), POLICY, POD),
      [],
    ],
    [
      't3 beside types of a launch template',
      set(
        cluster(
          'managedNodeGroups: [{ name: a, instanceType: t3.large }, { name: b, launchTemplate: { id: lt-12345678 } }]',
        ),
        POLICY,
        POD,
      ),
      [],
    ],
    ['t3, and no pod', set(nodes('t3.large'), POLICY), []],
    ['t3, and pods on Fargate', set(nodes('t3.large', fargate('shop')), POLICY, POD), []],
    [
      't3, and other pods on Fargate',
      set(nodes('t3.large', fargate('other')), POLICY, POD),
      ['warning spec.podSelector'],
    ],
    ['t3, and pools of Karpenter', set(nodes('t3.large'), POLICY, POD, pool), []],
    ['t3 beside Auto Mode', set(nodes('t3.large', 'autoModeConfig: { enabled: true }'), POLICY, POD), []],
    ['no node groups', set(cluster(''), POLICY, POD), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});
