/** Values of annotations, as the AWS Load Balancer Controller reads them. */
import { of, set } from './support';

const VALUE = 'load-balancers/annotation-value';
const NAME = 'load-balancers/annotation-name';
const TLS = 'load-balancers/tls';
const ingress = (name: string, value: string) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: { ${JSON.stringify(`alb.ingress.kubernetes.io/${name}`)}: ${JSON.stringify(value)} } }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
const service = (annotations: Readonly<Record<string, string>>, spec = 'loadBalancerClass: service.k8s.aws/nlb') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop, annotations: ${JSON.stringify(
    Object.fromEntries(
      Object.entries(annotations).map(([name, value]) => [
        `service.beta.kubernetes.io/aws-load-balancer-${name}`,
        value,
      ]),
    ),
  )} }, spec: { type: LoadBalancer, ${spec}${spec && ', '}ports: [{ name: https, port: 443 }, { name: http, port: 80 }] } }`;
const severities = (rule: string, yaml: string) => of(rule, yaml).map((found) => found.split(' ')[0]);

describe('of an Ingress', () => {
  test.each<[string, string, string[]]>([
    ['listen-ports', '[{"HTTP": 80}, {"HTTPS": 443}]', []],
    ['listen-ports', '[{"HTTP": "80"}]', ['error']],
    ['listen-ports', '[{"TCP": 80}]', ['error']],
    ['listen-ports', '[{"HTTP": 0}]', ['error']],
    ['listen-ports', '[]', ['error']],
    ['inbound-cidrs', '10.0.0.0/16, 2001:db8::/32', []],
    ['inbound-cidrs', '10.0.0.0', ['error']],
    ['load-balancer-name', 'shop', []],
    ['load-balancer-name', 'a-name-of-more-than-thirty-two-letters', ['error']],
    ['load-balancer-name', 'internal-shop', ['error']],
    ['group.name', 'shop.prod', []],
    ['group.name', 'Shop', ['error']],
    ['ssl-policy', 'ELBSecurityPolicy-TLS13-1-2-2021-06', []],
    ['ssl-policy', 'TLS13', ['error']],
    ['minimum-load-balancer-capacity', 'CapacityUnits=3000', []],
    ['minimum-load-balancer-capacity', 'units=3000', ['error']],
    ['frontend-nlb-listener-port-mapping', '80=443', []],
    ['frontend-nlb-listener-port-mapping', 'http=443', ['error']],
    ['frontend-nlb-healthcheck-protocol', 'TCP', ['error']],
    ['frontend-nlb-healthcheck-port', 'traffic-port', []],
    ['frontend-nlb-healthcheck-port', 'http', ['error']],
    ['target-control-port.web.80', '3000', []],
    ['target-control-port.web.80', 'http', ['error']],
    // a comma of a value behind a backslash
    ['listener-attributes.HTTPS-443', 'routing.http.response.server.enabled=a\\,b', []],
    ['tags', 'team=a\\,b,stage=prod', []],
    ['tags', 'team=a,b', ['error']],
    [
      'target-group-attributes',
      'load_balancing.algorithm.type=weighted_random,load_balancing.algorithm.anomaly_mitigation=on',
      [],
    ],
    ['target-group-attributes', 'load_balancing.algorithm.anomaly_mitigation=true', ['error']],
    ['load-balancer-attributes', 'routing.http.xff_header_processing.mode=drop', ['error']],
    ['load-balancer-attributes', 'dns_record.client_routing_policy=any_availability_zone', []],
    [
      'wafv2-acl-arn',
      'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/3ab78708-85b0-49d3-b4e1-7a9615a6613b',
      [],
    ],
    ['wafv2-acl-arn', 'none', []],
    ['wafv2-acl-arn', 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/3ab78708', ['error']],
    ['wafv2-acl-arn', 'garbage', ['error']],
    ['acm-pca-arn', 'arn:aws:acm-pca:us-west-2:111122223333:certificate-authority/x', []],
    ['acm-pca-arn', 'arn:aws:acm:us-west-2:111122223333:certificate/x', ['error']],
    ['security-groups', 'sg-0123456789abcdef0, web', []],
    ['security-groups', 'sg-web', ['error']],
    ['subnets', 'subnet-0123456789abcdef0,subnet-01234567', []],
    ['subnets', 'subnet-a', ['error']],
    ['security-group-prefix-lists', 'pl-0123456789abcdef0', []],
    ['security-group-prefix-lists', 'com.amazonaws.global.cloudfront.origin-facing', ['error']],
    ['frontend-nlb-eip-allocations', 'eipalloc-0123456789abcdef0', []],
    ['frontend-nlb-eip-allocations', '203.0.113.7', ['error']],
    // read, and an unreadable value is passed over
    ['create-acm-cert', 'yes', ['warning']],
  ])('%s: %s', (name, value, expected) => {
    expect(severities(VALUE, ingress(name, value))).toEqual(expected);
    expect(of(NAME, ingress(name, value))).toEqual([]);
  });
});

describe('of a Service', () => {
  test.each<[string, string, string[]]>([
    ['type', 'external', []],
    ['type', 'alb', ['warning']],
    ['nlb-target-type', 'pod', ['warning']],
    ['backend-protocol', 'ssl', []],
    ['backend-protocol', 'tls', ['warning']],
    ['healthcheck-protocol', 'Http', []],
    ['healthcheck-protocol', 'grpc', ['error']],
    ['proxy-protocol', 'true', ['error']],
    ['proxy-protocol-per-target-group', '80, 443', []],
    ['proxy-protocol-per-target-group', 'http', ['error']],
    ['target-group-attributes.443', 'preserve_client_ip.enabled=', []],
    ['target-group-attributes.443', 'preserve_client_ip.enabled', ['error']],
    ['target-group-attributes', 'proxy_protocol_v2.enabled=', []],
    ['target-group-attributes', 'deregistration_delay.connection_termination.enabled=yes', ['error']],
    ['attributes', 'dns_record.client_routing_policy=zone', ['error']],
    ['enable-icmp-for-path-mtu-discovery', 'true', ['warning']],
    ['enable-tcp-udp-listener', 'on', ['warning']],
    ['manage-backend-security-group-rules', 'on', ['error']],
    ['name', 'shop', []],
    ['name', 'shop_prod', ['error']],
  ])('%s: %s', (name, value, expected) => {
    expect(severities(VALUE, service({ [name]: value }))).toEqual(expected);
    expect(of(NAME, service({ [name]: value }))).toEqual([]);
  });
});

describe(TLS, () => {
  const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/1234';
  const CLUSTER = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }`;
  const at = (name: string) => `metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-${name}']`;

  test.each<[string, Record<string, string>, string[]]>([
    ['a certificate', { 'ssl-cert': CERTIFICATE }, []],
    ['several, and one of IAM', { 'ssl-cert': `${CERTIFICATE}, arn:aws:iam::111122223333:server-certificate/web` }, []],
    [
      'one of another region',
      { 'ssl-cert': CERTIFICATE.replace('us-west-2', 'eu-west-1') },
      [`error ${at('ssl-cert')}`],
    ],
    [
      'one of another partition',
      { 'ssl-cert': CERTIFICATE.replace('arn:aws:', 'arn:aws-cn:') },
      [`error ${at('ssl-cert')}`],
    ],
    ['one without its account', { 'ssl-cert': CERTIFICATE.replace('111122223333', '') }, [`error ${at('ssl-cert')}`]],
    ['an id alone', { 'ssl-cert': '1234' }, [`error ${at('ssl-cert')}`]],
    ['ports by name and number', { 'ssl-cert': CERTIFICATE, 'ssl-ports': 'https, 80' }, []],
    [
      'a port that the Service does not have',
      { 'ssl-cert': CERTIFICATE, 'ssl-ports': '8443' },
      [`error ${at('ssl-ports')}`],
    ],
    ['every port by a star', { 'ssl-cert': CERTIFICATE, 'ssl-ports': '*' }, [`error ${at('ssl-ports')}`]],
    ['ports without a certificate', { 'ssl-ports': '443' }, [`warning ${at('ssl-ports')}`]],
    [
      'a policy without a certificate',
      { 'ssl-negotiation-policy': 'ELBSecurityPolicy-2016-08' },
      [`warning ${at('ssl-negotiation-policy')}`],
    ],
  ])('%s', (_what, annotations, expected) => {
    expect(of(TLS, set(CLUSTER, service(annotations)))).toEqual(expected);
  });

  test('the old controller reads a star', () => {
    expect(of(TLS, service({ 'ssl-cert': CERTIFICATE, 'ssl-ports': '*' }, ''))).toEqual([]);
  });

  test('the region counts where it is known', () => {
    expect(of(TLS, service({ 'ssl-cert': CERTIFICATE.replace('us-west-2', 'eu-west-1') }))).toEqual([]);
  });
});

describe('EKS Auto Mode', () => {
  const AUTO = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }`;
  const RULE = 'compute-mode/annotation';
  const NLB = 'loadBalancerClass: eks.amazonaws.com/nlb';
  const ofController = (controller: string) =>
    `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: alb }, spec: { controller: ${controller} } }`;

  test.each<[string, string, number]>([
    ['a Service', service({ internal: 'true', scheme: 'internal', 'proxy-protocol': '*' }, NLB), 2],
    ['a Service without a class, which gets that of Auto Mode', service({ type: 'external' }, ''), 1],
    ['a Service of the controller of AWS', service({ internal: 'true' }), 0],
    ['an Ingress', set(ofController('eks.amazonaws.com/alb'), ingress('group.name', 'shop')), 1],
    [
      'an Ingress with a certificate to be made',
      set(ofController('eks.amazonaws.com/alb'), ingress('create-acm-cert', "'true'")),
      1,
    ],
    [
      'an Ingress with Shield, which it reads since',
      set(ofController('eks.amazonaws.com/alb'), ingress('shield-advanced-protection', "'true'")),
      0,
    ],
    ['an Ingress of the controller of AWS', set(ofController('ingress.k8s.aws/alb'), ingress('group.name', 'shop')), 0],
    ['an annotation that both read', set(ofController('eks.amazonaws.com/alb'), ingress('target-type', 'ip')), 0],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, set(AUTO, yaml))).toHaveLength(expected);
    expect(of(RULE, yaml)).toEqual([]);
  });

  test('IngressClassParams have the fields that the documentation lists', () => {
    const params = (spec: string) =>
      `{ apiVersion: eks.amazonaws.com/v1, kind: IngressClassParams, metadata: { name: alb }, spec: ${spec} }`;
    const newer =
      '{ targetType: instance, loadBalancerName: shop, prefixListsIDs: [pl-1], minimumLoadBalancerCapacity: { capacityUnits: 1000 }, ipamConfiguration: { ipv4IPAMPoolId: ipam-pool-1 } }';
    expect(of('manifests/unknown-field', params(newer))).toEqual([]);
    expect(of('manifests/unknown-field', params('{ wafv2AclArn: x }'))).toEqual(['warning spec.wafv2AclArn']);
  });

  test('sets the class of Services itself', () => {
    expect(of('load-balancers/in-tree', service({}, ''))).toHaveLength(1);
    expect(of('load-balancers/in-tree', set(AUTO, service({}, '')))).toEqual([]);
  });
});
