import {
  type AnnotationForm,
  BOOLEAN,
  CIDR,
  inAnyCase,
  integer,
  JSON_LIST,
  JSON_OBJECT,
  listOf,
  MAP,
  mapOf,
  oneOf,
  pattern,
  TEXT,
  usually,
} from './annotation-values';

/** Begins the annotations of Ingresses for Application Load Balancers. */
export const ALB_PREFIX = 'alb.ingress.kubernetes.io/';
/** Begins the annotations of Services for Network Load Balancers. */
export const NLB_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
/** Begins the annotations of Services with the actions of their listeners. */
export const NLB_ACTIONS = 'service.beta.kubernetes.io/actions.';

type Forms = Readonly<Record<string, AnnotationForm>>;

const SCHEME = oneOf('internal', 'internet-facing');
const HEALTH_PORT = integer(1, 65535, /^[a-z0-9-]*[a-z][a-z0-9-]*$/);
const INTERVAL = integer(5, 300);
const TIMEOUT = integer(2, 120);
const THRESHOLD = integer(2, 10);
const PORT = integer(1, 65535);
const SWITCH = oneOf('on', 'off');
const NAME = pattern(
  /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
  "at most 32 letters, digits and hyphens, without a hyphen at either end or 'internal-' at the beginning",
);
const GROUP_NAME = pattern(
  /^(?=.{1,63}$)([a-z0-9][-a-z0-9.]*)?[a-z0-9]$/,
  'at most 63 lowercase letters, digits, hyphens and dots, with a letter or digit at either end',
);
const SSL_POLICY = pattern(/^ELBSecurityPolicy-\S+$/, "a policy of AWS, 'ELBSecurityPolicy-...'");
const CAPACITY = listOf(pattern(/^CapacityUnits\s*=\s*\d+$/, "'CapacityUnits=1000'"));
const ARN = 'arn:[a-z-]+';
const PLACE = '[a-z0-9-]+:\\d{12}';
const WEB_ACL = pattern(
  new RegExp(`^(|none|${ARN}:wafv2:${PLACE}:regional/webacl/[^/\\s]+/[^/\\s]+)$`),
  "the ARN of a web ACL of a region, 'arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID'",
);
const PRIVATE_CA = pattern(
  new RegExp(`^${ARN}:acm-pca:${PLACE}:certificate-authority/\\S+$`),
  "the ARN of a private authority, 'arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID'",
);
/** Ids of EC2, or names where the controller takes them; a name that begins like an id is taken for one. */
const ids = (prefix: string, names?: 'or names'): AnnotationForm =>
  listOf(
    pattern(
      new RegExp(`^(${prefix}-[0-9a-f]{8,17}${names ? `|(?!${prefix}-).+` : ''})$`),
      `an id, '${prefix}-0123456789abcdef0'${names ? ', or a name' : ''}`,
    ),
  );
const SECURITY_GROUPS = ids('sg', 'or names');
const SUBNETS = ids('subnet', 'or names');
const PREFIX_LISTS = ids('pl');
const EIPS = ids('eipalloc');
const LISTEN_PORTS: AnnotationForm = {
  kind: 'json',
  of: 'list',
  what: 'of {"HTTP": port} and {"HTTPS": port}, with ports from 1 to 65535',
  item: (item) =>
    typeof item === 'object' &&
    item !== null &&
    Object.entries(item as Record<string, unknown>).every(
      ([protocol, port]) =>
        /^HTTPS?$/.test(protocol) && Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65535,
    ),
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const TARGET_GROUP = mapOf({
  'deregistration_delay.timeout_seconds': integer(0, 3600),
  'deregistration_delay.connection_termination.enabled': BOOLEAN,
  'slow_start.duration_seconds': integer(0, 900),
  'stickiness.enabled': BOOLEAN,
  'stickiness.type': oneOf('lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'),
  'stickiness.lb_cookie.duration_seconds': integer(1, 604800),
  'stickiness.app_cookie.duration_seconds': integer(1, 604800),
  'load_balancing.algorithm.type': oneOf('round_robin', 'least_outstanding_requests', 'weighted_random'),
  'load_balancing.algorithm.anomaly_mitigation': SWITCH,
  'preserve_client_ip.enabled': BOOLEAN,
  // the controller drops it where it is empty
  'proxy_protocol_v2.enabled': oneOf('true', 'false', ''),
  'target_health_state.unhealthy.connection_termination.enabled': BOOLEAN,
  'target_health_state.unhealthy.draining_interval_seconds': integer(0, 360000),
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes */
const BALANCER = mapOf({
  'access_logs.s3.enabled': BOOLEAN,
  'client_keep_alive.seconds': integer(60, 604800),
  'connection_logs.s3.enabled': BOOLEAN,
  'deletion_protection.enabled': BOOLEAN,
  'dns_record.client_routing_policy': oneOf(
    'availability_zone_affinity',
    'partial_availability_zone_affinity',
    'any_availability_zone',
  ),
  'idle_timeout.timeout_seconds': integer(1, 4000),
  'load_balancing.cross_zone.enabled': BOOLEAN,
  'routing.http.desync_mitigation_mode': oneOf('monitor', 'defensive', 'strictest'),
  'routing.http.drop_invalid_header_fields.enabled': BOOLEAN,
  'routing.http.preserve_host_header.enabled': BOOLEAN,
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': BOOLEAN,
  'routing.http.xff_client_port.enabled': BOOLEAN,
  'routing.http.xff_header_processing.mode': oneOf('append', 'preserve', 'remove'),
  'routing.http2.enabled': BOOLEAN,
  'waf.fail_open.enabled': BOOLEAN,
  'zonal_shift.config.enabled': BOOLEAN,
});

/**
 * Annotations of an Ingress, without their prefix.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export const ALB_ANNOTATIONS: Forms = {
  'load-balancer-name': NAME,
  'group.name': GROUP_NAME,
  'group.order': integer(-1000, 1000),
  tags: MAP,
  'ip-address-type': oneOf('ipv4', 'dualstack', 'dualstack-without-public-ipv4'),
  scheme: SCHEME,
  subnets: SUBNETS,
  'customer-owned-ipv4-pool': TEXT,
  'load-balancer-attributes': BALANCER,
  'wafv2-acl-arn': WEB_ACL,
  'wafv2-acl-name': TEXT,
  'waf-acl-id': TEXT,
  'web-acl-id': TEXT,
  'shield-advanced-protection': BOOLEAN,
  'security-groups': SECURITY_GROUPS,
  'listen-ports': LISTEN_PORTS,
  'ssl-redirect': PORT,
  'inbound-cidrs': listOf(CIDR),
  'certificate-arn': TEXT,
  'ssl-policy': SSL_POLICY,
  'target-type': oneOf('instance', 'ip'),
  'backend-protocol': oneOf('HTTP', 'HTTPS'),
  'backend-protocol-version': oneOf('HTTP1', 'HTTP2', 'GRPC'),
  'target-group-attributes': TARGET_GROUP,
  'healthcheck-port': HEALTH_PORT,
  'healthcheck-protocol': oneOf('HTTP', 'HTTPS'),
  'healthcheck-path': TEXT,
  'healthcheck-interval-seconds': INTERVAL,
  'healthcheck-timeout-seconds': TIMEOUT,
  'healthy-threshold-count': THRESHOLD,
  'unhealthy-threshold-count': THRESHOLD,
  'success-codes': TEXT,
  'auth-type': oneOf('none', 'oidc', 'cognito'),
  'auth-idp-cognito': JSON_OBJECT,
  'auth-idp-oidc': JSON_OBJECT,
  'auth-on-unauthenticated-request': oneOf('authenticate', 'allow', 'deny'),
  'auth-scope': TEXT,
  'auth-session-cookie': TEXT,
  'auth-session-timeout': integer(1, 604800),
  'jwt-validation': JSON_OBJECT,
  'target-node-labels': MAP,
  'manage-backend-security-group-rules': BOOLEAN,
  'mutual-authentication': JSON_LIST,
  'security-group-prefix-lists': PREFIX_LISTS,
  'multi-cluster-target-group': BOOLEAN,
  'minimum-load-balancer-capacity': CAPACITY,
  'ipam-ipv4-pool-id': TEXT,
  'use-regex-path-match': BOOLEAN,
  'create-acm-cert': usually('true', 'false'),
  'acm-pca-arn': PRIVATE_CA,
  'dry-run-plan': TEXT,
  'enable-frontend-nlb': BOOLEAN,
  'frontend-nlb-scheme': SCHEME,
  'frontend-nlb-subnets': SUBNETS,
  'frontend-nlb-security-groups': SECURITY_GROUPS,
  'frontend-nlb-listener-port-mapping': listOf(pattern(/^\d+\s*=\s*\d+$/, "two ports, '80=443'")),
  'frontend-nlb-eip-allocations': EIPS,
  'frontend-nlb-healthcheck-port': integer(1, 65535, /^traffic-port$/),
  'frontend-nlb-healthcheck-protocol': oneOf('HTTP', 'HTTPS'),
  'frontend-nlb-healthcheck-path': TEXT,
  'frontend-nlb-healthcheck-interval-seconds': INTERVAL,
  'frontend-nlb-healthcheck-timeout-seconds': TIMEOUT,
  'frontend-nlb-healthcheck-healthy-threshold-count': THRESHOLD,
  'frontend-nlb-healthcheck-unhealthy-threshold-count': THRESHOLD,
  'frontend-nlb-healthcheck-success-codes': TEXT,
  'frontend-nlb-attributes': BALANCER,
  'frontend-nlb-tags': MAP,
};
/** Annotations whose names go on with the name of a backend or a listener. */
export const ALB_FAMILIES: Forms = {
  'actions.': JSON_OBJECT,
  'conditions.': JSON_LIST,
  'transforms.': JSON_LIST,
  'listener-attributes.': MAP,
  'target-control-port.': PORT,
};

/**
 * Annotations of a Service, without their prefix; those of the controller that was part of Kubernetes stand at the end.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const NLB_ANNOTATIONS: Forms = {
  type: usually('nlb', 'nlb-ip', 'external'),
  'nlb-target-type': usually('instance', 'ip'),
  name: NAME,
  scheme: SCHEME,
  // the old controller takes any text for true
  internal: TEXT,
  'proxy-protocol': oneOf('*'),
  'proxy-protocol-per-target-group': listOf(PORT),
  'ip-address-type': oneOf('ipv4', 'dualstack'),
  'access-log-enabled': BOOLEAN,
  'access-log-s3-bucket-name': TEXT,
  'access-log-s3-bucket-prefix': TEXT,
  'cross-zone-load-balancing-enabled': BOOLEAN,
  'ssl-cert': TEXT,
  'ssl-ports': TEXT,
  'ssl-negotiation-policy': SSL_POLICY,
  'backend-protocol': usually('ssl', 'tcp'),
  'additional-resource-tags': MAP,
  'healthcheck-healthy-threshold': THRESHOLD,
  'healthcheck-unhealthy-threshold': THRESHOLD,
  'healthcheck-timeout': TIMEOUT,
  'healthcheck-interval': INTERVAL,
  'healthcheck-protocol': inAnyCase('tcp', 'http', 'https'),
  'healthcheck-port': HEALTH_PORT,
  'healthcheck-path': TEXT,
  'healthcheck-success-codes': TEXT,
  'target-group-attributes': TARGET_GROUP,
  subnets: SUBNETS,
  'eip-allocations': EIPS,
  'private-ipv4-addresses': TEXT,
  'ipv6-addresses': TEXT,
  'alpn-policy': oneOf('HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'),
  'target-node-labels': MAP,
  attributes: BALANCER,
  'security-groups': SECURITY_GROUPS,
  'manage-backend-security-group-rules': BOOLEAN,
  'inbound-sg-rules-on-private-link-traffic': SWITCH,
  'security-group-prefix-lists': PREFIX_LISTS,
  'multi-cluster-target-group': BOOLEAN,
  'enable-prefix-for-ipv6-source-nat': SWITCH,
  'source-nat-ipv6-prefixes': TEXT,
  'minimum-load-balancer-capacity': CAPACITY,
  'enable-icmp-for-path-mtu-discovery': usually('on', 'off'),
  'enable-tcp-udp-listener': usually('true', 'false'),
  'disable-nlb-sg': BOOLEAN,
  'quic-enabled-ports': TEXT,
  'quic-enabled-containers': TEXT,
  'extra-security-groups': SECURITY_GROUPS,
  'connection-draining-enabled': BOOLEAN,
  'connection-draining-timeout': TEXT,
  'connection-idle-timeout': TEXT,
  'access-log-emit-interval': TEXT,
};
export const NLB_FAMILIES: Forms = {
  'listener-attributes.': MAP,
  // of one port; an empty value leaves what all ports have
  'target-group-attributes.': MAP,
};

/** The form of a value by the name of its annotation; undefined for a name that the controller does not read. */
export function formOf(name: string, known: Forms, families: Forms): AnnotationForm | undefined {
  return Object.hasOwn(known, name)
    ? known[name]
    : Object.entries(families).find(([prefix]) => name.startsWith(prefix))?.[1];
}
