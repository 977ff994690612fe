import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'cdk8s';
import {
  Analysis,
  ArgoRollout,
  Authentication,
  ClusterNetworkPolicy,
  type EksApp,
  Expose,
  Gateway,
  Mesh,
  NetworkGateway,
  Peer,
  Probe,
  PushSecret,
  RouteMatch,
  ScaleTrigger,
  Secret,
  SecretSource,
  Tenant,
} from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT } from '../golden/custom-resources';
import {
  agent,
  job,
  type Manifest,
  newApp,
  newAutoCluster,
  newTenant,
  scaledJob,
  scheduled,
  stateful,
  synth,
  temporaryFolder,
  web,
  worker,
} from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { DryRun } from './harness/dry-run';
import { Plane } from './harness/plane';
import { tenantApp } from './harness/tenant-app';

/** Whether those of PushSecrets and generators are there, which are not in every folder of definitions. */
const WITH_GENERATORS = fs.existsSync(path.join(CRDS, 'external-secrets-push.yaml'));
const GENERATED = WITH_GENERATORS ? { ECRAuthorizationToken: 1, Password: 1, PushSecret: 1 } : {};

/** Every kind of these projects that the patterns write, and how many objects of it. The OpenTelemetry operator gets annotations alone. */
const WRITTEN = {
  AnalysisTemplate: 3,
  AuthorizationPolicy: 2,
  ...GENERATED,
  ExternalSecret: WITH_GENERATORS ? 6 : 4,
  GRPCRoute: 1,
  Gateway: 3,
  HTTPRoute: 5,
  ListenerRuleConfiguration: 7,
  LoadBalancerConfiguration: 3,
  PeerAuthentication: 3,
  ApplicationNetworkPolicy: 2,
  ClusterSecretStore: 1,
  ClusterNetworkPolicy: 2,
  PodMonitor: 4,
  PrometheusRule: 10,
  ReferenceGrant: 1,
  Rollout: 2,
  ScaledJob: 1,
  ScaledObject: 2,
  SecretStore: 3,
  SecurityGroupPolicy: 2,
  ServiceMonitor: 2,
  TCPRoute: 1,
  TLSRoute: 1,
  TargetGroupBinding: 2,
  TargetGroupConfiguration: 7,
  TriggerAuthentication: 3,
  UDPRoute: 1,
  VerticalPodAutoscaler: 6,
};

const vertical = { verticalPodAutoscaler: 'recommend' };

function keda(tenant: Tenant): void {
  const password = Secret.existing(tenant, 'login', ['password']).key('password');
  const sqs = ScaleTrigger.sqs({
    queueUrl: 'https://sqs.us-west-2.amazonaws.com/111122223333/a',
    messagesPerReplica: 5,
    authentication: { podIdentity: { provider: 'aws' } },
  });
  const redis = ScaleTrigger.redis({ address: 'a:6379', listName: 'b', authentication: { secrets: { password } } });
  const cpu = ScaleTrigger.cpu({ value: 70 });
  const fallback = { failureThreshold: 3, replicas: 2, behavior: 'currentReplicas' };
  const behavior = { scaleDown: { stabilizationWindowSeconds: 600 } };
  const more = { idleReplicaCount: 0, fallback, pollingInterval: '10s', cooldownPeriod: '5m', behavior };
  worker({ ...vertical, alerts: true, replicas: { min: 1, max: 5, triggers: [sqs, redis, cpu], ...more } }, tenant);
  scaledJob({ triggers: [redis], min: 1, completions: 3, parallelism: 3, retries: { perIndex: 1 } }, tenant);
}

function argo(tenant: Tenant): void {
  const address = 'http://prometheus-operated.monitoring:9090';
  const ask = { address, query: 'up', success: 'result[0] >= 1' };
  const analysis = Analysis.prometheus({ name: 'up', ...ask });
  const step = { interval: '30s', count: 5, failureLimit: 1, errorLimit: 0, initialDelay: '1m' } as const;
  const latency = Analysis.prometheus({ name: 'latency', ...ask, ...step });
  const workspace = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1a2b/';
  const signed = Analysis.prometheus({ name: 'signed', ...ask, count: 1, address: workspace });
  const steps = [{ setWeight: 20 }, { pause: '10m' }, { pause: 'until-promoted' }, { analysis: latency }] as const;
  const rollout = ArgoRollout.canary({ steps, analysis, maxSurge: 1, maxUnavailable: '10%', minReady: '10s' });
  web({ rollout, ...vertical, replicas: { min: 2, max: 4 }, alerts: true }, tenant, 'canary');
  const triggers = [ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'UTC', replicas: 3 })];
  const byEvents = ArgoRollout.canary({ steps: [{ setWeight: 50 }, { analysis: signed }] });
  worker({ rollout: byEvents, replicas: { min: 1, max: 4, triggers } }, tenant, 'by-events');
}

function prometheus(tenant: Tenant): void {
  const monitor = (kind: string, more: object = {}) => ({ metrics: { monitor: kind, ...more }, alerts: true });
  const tls = Secret.existing(tenant, 'tls', ['tls.crt', 'tls.key']);
  const labels = { team: 'payments' };
  const port = { http: 8080, admin: 9090 };
  const own = { ...monitor('service', { port: 'admin', interval: '15s' }), port, ...vertical };
  web({ ...own, alerts: { labels }, secretFiles: { '/etc/tls': tls } }, tenant);
  web(monitor('service'), tenant, 'plain');
  web(monitor('pod', { path: '/stats', interval: '1m' }), tenant, 'by-pod');
  stateful({ ...monitor('pod'), ...vertical }, tenant);
  agent({ ...monitor('pod', { port: 9100 }), ...vertical }, tenant);
  worker(monitor('pod', { port: 9100 }), tenant, 'scraped');
  job({ alerts: true }, tenant);
  scheduled({ alerts: true, ...vertical }, tenant);
}

function gateways(tenant: Tenant): void {
  const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';
  const webAcl = 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012';
  const edge = new Gateway(tenant, 'edge', {
    scheme: 'internet-facing',
    certificate: [certificate, `${certificate}2`],
    routesFrom: ['pages'],
    allowFrom: ['203.0.113.0/24'],
    webAcl,
    shieldAdvanced: true,
    prefixLists: ['pl-0123456789abcdef0'],
    securityGroups: ['sg-0123456789abcdef0'],
    subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }],
    attributes: { 'idle_timeout.timeout_seconds': '300' },
    listenerAttributes: { 'routing.http.response.server.enabled': 'false' },
    tags: { team: 'shop' },
    loadBalancerName: 'edge',
  });
  const inside = new Gateway(tenant, 'inside', { scheme: 'internal', listeners: { http: 80 } });
  const at = { gateway: edge, host: 'shop.example.com' } as const;
  const secret = Secret.existing(tenant, 'oidc', ['clientID', 'clientSecret']);
  const issuer = 'https://login.example.com';
  const endpoints = { authorizationEndpoint: issuer, tokenEndpoint: issuer, userInfoEndpoint: issuer };
  const oidc = Authentication.oidc({ issuer, ...endpoints, secret, onUnauthenticated: 'deny', sessionTimeout: '1h' });
  const cognito = Authentication.cognito({
    userPoolArn: 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/us-west-2_abc',
    clientId: 'web',
    domain: 'shop',
  });
  const jwt = Authentication.jwt({ jwksEndpoint: `${issuer}/keys`, issuer });
  const by = (...matches: RouteMatch[]) => ({ ...at, matches });
  const canary = web(
    { replicas: 1, expose: Expose.gateway(by(RouteMatch.anyPath({ headers: { 'x-canary': '1,2' } }))) },
    tenant,
    'web-canary',
  );
  const redirects = [
    { matches: [RouteMatch.path('/old')], scheme: 'https', path: '/new', status: 301 },
    { matches: [RouteMatch.path('/moved')], host: 'new.example.com', prefix: '/', query: 'from=#{query}' },
  ] as const;
  const responses = [
    { matches: [RouteMatch.path('/gone')], status: 410 },
    { matches: [RouteMatch.path('/closed')], status: 503, body: '{}', contentType: 'application/json' },
  ] as const;
  const far = web({}, new Tenant(tenant.node.scope as App, 'pages'), 'far');
  const weights = [
    { to: canary, weight: 10 },
    { to: far, weight: 5 },
  ];
  const healthCheck = { interval: '30s', timeout: '10s', healthy: 3, unhealthy: 5 } as const;
  const main = Expose.gateway({
    ...at,
    weights,
    redirects,
    responses,
    healthCheck,
    stickiness: '1h',
    authentication: oidc,
    targetGroupAttributes: { 'slow_start.duration_seconds': '60' },
  });
  web({ expose: main }, tenant, 'routed');
  const rewritten = {
    ...by(RouteMatch.path('/api', { method: 'GET' })),
    rewrite: { prefix: '/', host: 'api.internal' },
  };
  web({ expose: Expose.gateway({ ...rewritten, authentication: cognito, allowFrom: ['10.0.0.0/8'] }) }, tenant, 'api');
  const patterns = RouteMatch.pathPattern('^/v[0-9]+$', { headerPatterns: { 'user-agent': '.*' }, query: { a: '1' } });
  const inner = { ...by(patterns, RouteMatch.exactPath('/a')), gateway: inside, rewrite: { path: '/b' } };
  web({ expose: Expose.gateway({ ...inner, allowFrom: ['10.0.0.0/8'] }) }, tenant, 'inner');
  const grpc = { grpc: { port: 50051, appProtocol: 'grpc' } };
  const calls = RouteMatch.grpc({ service: 'shop.Catalog', method: 'Get', headers: { tier: 'gold' } });
  const expose = Expose.gateway({ ...by(calls), host: 'grpc.example.com', authentication: jwt });
  web({ expose, port: grpc, probes: { readiness: Probe.grpc(), liveness: Probe.tcp() } }, tenant, 'grpc');
  const gateway = new NetworkGateway(tenant, 'queues', {
    scheme: 'internal',
    listeners: { 5671: 'TLS', 443: 'TLS', 53: 'UDP' },
    certificate,
    alpnPolicy: 'HTTP2Preferred',
    routesFrom: 'all',
  });
  const listening = [
    Expose.networkGateway({ gateway, listener: 5671, healthCheck }),
    Expose.networkGateway({ gateway, listener: 443, host: ['queues.example.com', '*.queues.example.com'] }),
    Expose.networkGateway({ gateway, listener: 53, port: 'dns' }),
  ];
  web({ expose: listening, port: { http: 8080, dns: { port: 53, protocol: 'UDP' } } }, tenant, 'listening');
}

function targetGroups(tenant: Tenant): void {
  const arn = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/web/0123456789abcdef';
  const securityGroup = 'sg-0123456789abcdef0';
  web({ expose: Expose.targetGroup({ scheme: 'internal', arn }) }, tenant, 'bound');
  stateful({ expose: Expose.targetGroup({ scheme: 'internet-facing', arn, securityGroup }) }, tenant, 'bound-store');
}

function secrets(tenant: Tenant): void {
  const region = 'us-west-2';
  const role = 'arn:aws:iam::111122223333:role/shop-secrets';
  const source = SecretSource.externalSecrets({ region });
  const shared = SecretSource.externalSecrets({ region, store: 'cluster', role, refresh: '15m' });
  Secret.fromSecretsManager(tenant, 'db', { secret: 'shop/db', keys: ['user', 'password'], source });
  Secret.fromParameterStore(tenant, 'token', { parameter: '/shop/token', source });
  Secret.fromSecretsManager(tenant, 'shared', { secret: 'shop/shared', source: shared });
  const irsa = SecretSource.externalSecrets({ region, by: 'irsa', account: '111122223333' });
  Secret.fromSecretsManager(tenant, 'own', { secret: 'shop/own', source: irsa });
  if (WITH_GENERATORS) {
    const more = { symbols: 2, symbolCharacters: '-_', rotate: '30d' } as const;
    const admin = Secret.password(tenant, 'admin', { keys: ['root', 'app'], ...more });
    const kmsKey = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
    new PushSecret(tenant, 'copy', {
      secret: admin,
      secretsManager: 'shop/admin',
      kmsKey,
      onRemoval: 'delete',
      source,
    });
    const repositories = ['arn:aws:ecr:us-west-2:111122223333:repository/shop/web'];
    Secret.ecrToken(tenant, 'registry', { repositories, source: irsa });
  }
}

/** In a tenant of its own. */
function mesh({ node }: Tenant): void {
  const meshed = new Tenant(node.scope!, 'meshed', { mesh: Mesh.istio({ mode: 'ambient' }) });
  const db = stateful({ metrics: { port: 9100 }, port: { http: 7000, game: { port: 7001, protocol: 'UDP' } } }, meshed);
  const expose = Expose.alb({ scheme: 'internal', host: 'shop.example.com' });
  web({ connectsTo: [db], acceptsFrom: [Peer.controlPlane(), Peer.internet(8080)], expose }, meshed);
}

/** In Auto Mode, which alone has all of these. */
function connections(): EksApp {
  const app = newApp();
  const cluster = newAutoCluster(app, { version: '1.36' });
  const tenant = newTenant({}, cluster, 'customs');
  new ClusterNetworkPolicy(cluster, 'no-instance-metadata', {
    priority: 0,
    egress: [{ action: 'deny', to: ['169.254.169.254/32', 'fd00:ec2::254/128'] }],
  });
  new ClusterNetworkPolicy(cluster, 'defaults', {
    priority: 1000,
    tier: 'baseline',
    namespaces: [tenant],
    egress: [{ action: 'accept', to: [{ domain: '*.example.com' }, 'all-pods'], ports: [443], name: 'names' }],
    ingress: [{ action: 'deny', from: [{ namespace: 'a' }, { namespace: 'a', name: 'b' }] }],
  });
  const domains = [Peer.domain('api.example.com', 443), Peer.domain('*.example.org', { port: 53, protocol: 'UDP' })];
  const groups = ['sg-0123456789abcdef0', 'sg-01234567'];
  worker({ connectsTo: domains, securityGroups: groups }, tenant, 'caller');
  stateful({ connectsTo: [domains[1]], securityGroups: groups.slice(1) }, tenant, 'calling-store');
  return app;
}

const made = (): Manifest[] => {
  const app = tenantApp('customs', (tenant) => {
    keda(tenant);
    argo(tenant);
    prometheus(tenant);
    gateways(tenant);
    targetGroups(tenant);
    secrets(tenant);
    mesh(tenant);
  });
  return [app, connections()].flatMap((one) => synth(one).manifests).filter(({ kind }) => Object.hasOwn(WRITTEN, kind));
};

const when = CRDS_PRESENT ? describe : describe.skip;
const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';

when(
  `objects of KEDA, VPA, Argo Rollouts, External Secrets, Istio, Prometheus, the Gateway API and the load balancer controller${why}`,
  () => {
    let plane: Plane;
    let server: DryRun;
    let manifests: Manifest[];
    beforeAll(async () => {
      plane = await Plane.start({ parts: 'api' });
      server = new DryRun(plane.kube());
      manifests = made();
      await installDefinitions(plane.kubectl(), manifests, temporaryFolder());
      for (const namespace of ['customs', 'meshed', 'pages']) {
        await plane.kubectl().run('create', 'namespace', namespace);
      }
    }, 300_000);
    afterAll(async () => {
      server?.close();
      await plane?.stop();
    });

    test('are of every kind that the patterns write', () => {
      const counts: Record<string, number> = {};
      for (const { kind } of manifests) {
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      expect(counts).toEqual(WRITTEN);
    });

    test('are accepted by their definitions, with no unknown field', async () => {
      const said = await Promise.all(
        manifests.map(async (one) => [one.kind, one.metadata.name, await server.refusal(one)]),
      );
      expect(said.filter(([, , refusal]) => refusal !== undefined)).toEqual([]);
    });

    test.each(Object.keys(WRITTEN))('of kind %s with an unknown field are refused', async (kind) => {
      const one = manifests.find((manifest) => manifest.kind === kind)!;
      const refusal = await server.refusal({ ...one, spec: { ...one.spec, notAField: 1 } });
      expect(refusal).toContain('unknown field "spec.notAField"');
    });
  },
);
