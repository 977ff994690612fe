/** What public reports of failures on EKS have in common: each kind as its smallest program, and the nearest that works. */
import {
  type EksApp,
  Expose,
  type Finding,
  KubeObject,
  PatternError,
  Peer,
  Probe,
  ScaleTrigger,
} from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { checkClusterConfigText } from '../../eksctl/schema/parse';
import { appOf, newApp, newCluster, newTenant, web, worker } from '../support/app';
import { good } from '../support/refused-pods';

type Program = () => EksApp;

/** The rules of errors and warnings, those of constructors included. */
function rulesOf(program: Program): string[] {
  let findings: readonly Finding[];
  try {
    findings = Testing.findings(program());
  } catch (e) {
    if (!(e instanceof PatternError)) {
      throw e;
    }
    findings = e.findings;
  }
  return findings.filter(({ severity }) => severity !== 'advice').map(({ rule }) => rule);
}

const alb = (more: object = {}) => Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com', ...more });
/** A web service with an edit of its Deployment. */
const edited = (edit: (deployment: never) => void, props: Readonly<Record<string, unknown>> = {}): Program => {
  return () => appOf(web({ ...props, customize: { deployment: edit } }));
};
/** A raw object in the tenant of a web service. */
const beside = (object: object, props: Readonly<Record<string, unknown>> = {}): Program => {
  return () => {
    const shop = newTenant();
    web(props, shop);
    new KubeObject(shop, 'Raw', object as never);
    return appOf(shop);
  };
};
// biome-ignore lint/suspicious/noExplicitAny: edits walk into plain manifests
const template = (deployment: any) => deployment.spec.template;
const service = (selector: object, port: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'raw' },
  spec: { selector, ports: [{ port: 80, targetPort: 8080, ...port }] },
});
const OWN = { 'app.kubernetes.io/name': 'web' };
const budget = (spec: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'raw' },
  spec: { selector: { matchLabels: OWN }, ...spec },
});
const storageClass = (volumeBindingMode: string) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode,
});
const scaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'raw' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 5 },
};
const configMap = (size: number) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'raw' },
  data: { text: 'x'.repeat(size) },
});
const group = (...paths: (readonly string[])[]): Program => {
  return () => {
    const shop = newTenant();
    paths.forEach((list, i) => {
      web({ expose: alb({ group: 'g1', paths: list }) }, shop, `member-${i}`);
    });
    return appOf(shop);
  };
};
const scaled = (start: string, end: string): Program => {
  return () => {
    const triggers = [ScaleTrigger.window({ start, end, timeZone: 'Europe/Berlin', replicas: 3 })];
    return appOf(worker({ replicas: { min: 0, max: 5, triggers } }));
  };
};
const fargate = (network?: object): Program => {
  return () => {
    const config = { fargateProfiles: [{ name: 'fp', selectors: [{ namespace: 'shop' }] }] };
    const shop = newTenant(network as never, newCluster(newApp(), { config }));
    return appOf(worker({}, shop));
  };
};
const hardened = { securityContext: good().containers![0]!.securityContext };

test.each<[what: string, rule: string, bad: Program, better: Program]>([
  [
    'F1 a sidecar without a security context',
    'pod-security/restricted',
    edited((d) => void template(d).spec.containers.push({ name: 'side', image: 'a/b:1' })),
    edited((d) => void template(d).spec.containers.push({ name: 'side', image: 'a/b:1', ...hardened })),
  ],
  [
    'F2 an address outside',
    'connections/outside',
    () => appOf(web({ env: { DATABASE_URL: 'postgres://app.abc.us-west-2.rds.amazonaws.com:5432/app' } })),
    () =>
      appOf(
        web({
          env: { DATABASE_URL: 'postgres://app.abc.us-west-2.rds.amazonaws.com:5432/app' },
          connectsTo: [Peer.cidr('10.0.0.0/16', 5432)],
        }),
      ),
  ],
  [
    'F3 a wildcard in a prefix',
    'props/invalid',
    () => appOf(web({ expose: alb({ paths: ['/*'] }) })),
    () => appOf(web({ expose: alb({ paths: ['/'] }) })),
  ],
  [
    'F4 a variable that is not declared',
    'props/invalid',
    () => appOf(web({ env: { URL: 'http://$(HOST)' } })),
    () => appOf(web({ env: { URL: 'http://$(HOST)', HOST: 'db' } })),
  ],
  [
    'F5 a path below that of another member',
    'ingress/unreachable-path',
    group(['/', '/a/b'], ['/a', '/c']),
    group(['/'], ['/api']),
  ],
  [
    'F10 replicas beside an autoscaler, by an edit',
    'autoscalers/fixed-replicas',
    edited((d) => void Object.assign((d as { spec: object }).spec, { replicas: 4 }), { replicas: { min: 2, max: 8 } }),
    () => appOf(web({ replicas: { min: 2, max: 8 } })),
  ],
  [
    'F10 replicas beside a raw autoscaler',
    'autoscalers/fixed-replicas',
    beside(scaler, { replicas: 3 }),
    beside(configMap(1)),
  ],
  [
    'F13 labels that the selector does not match',
    'selectors/template',
    edited((d) => void Object.assign(template(d).metadata, { labels: { app: 'x' } })),
    edited((d) => void Object.assign(template(d).metadata.labels, { app: 'x' })),
  ],
  [
    'F13 a Service that selects nothing',
    'services/selects-nothing',
    beside(service({ app: 'typo' })),
    beside(service(OWN)),
  ],
  [
    'F13 a named port that no container declares',
    'services/target-port',
    beside(service(OWN, { targetPort: 'gone' })),
    beside(service(OWN)),
  ],
  [
    'F14 a ConfigMap of 300,000 characters',
    'objects/too-large',
    beside(configMap(300_000)),
    beside(configMap(200_000)),
  ],
  [
    'F15 immediate binding',
    'storage/immediate-binding',
    beside(storageClass('Immediate')),
    beside(storageClass('WaitForFirstConsumer')),
  ],
  [
    'F20 a budget that lets no pod go',
    'disruption-budgets/blocks-drains',
    beside(budget({ minAvailable: 1 }), { replicas: 1 }),
    beside(budget({ maxUnavailable: 1 }), { replicas: 1 }),
  ],
  [
    'F23 policies on Fargate',
    'connections/fargate',
    fargate(),
    fargate({ network: { open: true, because: 'Fargate does not enforce network policies' } }),
  ],
  ['F24 a window without an end', 'props/invalid', scaled('0 8 * * *', '0 8 * * *'), scaled('0 8 * * *', '0 18 * * *')],
  [
    'F24 a window of six fields',
    'props/invalid',
    scaled('0 0 8 * * *', '0 18 * * *'),
    scaled('0 8 * * *', '0 18 * * *'),
  ],
  [
    'F30 a tag that is undefined',
    'variables/undefined',
    () => appOf(web({ image: 'repo/web:undefined' })),
    () => appOf(web({ image: 'repo/web:1.0.0' })),
  ],
  [
    'F30 a variable that is undefined',
    'variables/undefined',
    () => appOf(web({ env: { URL: 'http://undefined:80' } })),
    () => appOf(web({ env: { LEVEL: 'info' } })),
  ],
  [
    'an API version that is gone',
    'api-versions/removed',
    beside({ ...budget({ maxUnavailable: 1 }), apiVersion: 'policy/v1beta1' }),
    beside(budget({ maxUnavailable: 1 }), { disruption: 'none' }),
  ],
  [
    'a liveness probe that times out after its period',
    'probes/timeout',
    () =>
      appOf(web({ probes: { readiness: Probe.http('/r'), liveness: Probe.tcp({ timeout: '30s', period: '10s' }) } })),
    () =>
      appOf(web({ probes: { readiness: Probe.http('/r'), liveness: Probe.tcp({ timeout: '5s', period: '10s' }) } })),
  ],
])('%s is reported by %s, and the nearest that works is not', (_, rule, bad, better) => {
  expect(rulesOf(bad)).toContain(rule);
  expect(rulesOf(better)).not.toContain(rule);
});

const config = (more: string) => `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: demo, region: us-west-2, version: "1.35" }
autoModeConfig: { enabled: false }
${more}
`;
const nodes = (more: string) => `managedNodeGroups: [{ name: workers, instanceType: m5.large, ${more} }]`;

test.each<[what: string, rule: string, bad: string, better: string]>([
  [
    'F7 policies that replace the defaults',
    'X104',
    nodes('iam: { attachPolicyARNs: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess] }'),
    nodes('minSize: 2'),
  ],
  [
    'F9 private nodes without NAT',
    'X37',
    `vpc: { nat: { gateway: Disable } }\n${nodes('privateNetworking: true')}`,
    nodes('privateNetworking: true'),
  ],
  [
    'F11 nodes with room for four pods',
    'X106',
    'managedNodeGroups: [{ name: w, instanceType: t3.micro }]',
    nodes('minSize: 2'),
  ],
  [
    'F19 a variable that was not replaced',
    'L1d',
    nodes('labels: { team: "${TEAM}" }'),
    nodes('labels: { team: shop }'),
  ],
  ['F19 an id that is not one', 'X6', 'vpc: { id: vpc-myvpc }', 'vpc: { id: vpc-0123456789abcdef0 }'],
])('%s is reported by %s, and the nearest that works is not', (_, rule, bad, better) => {
  const found = (text: string) => checkClusterConfigText(config(text), 'cluster.yaml').map((finding) => finding.rule);
  expect(found(bad)).toContain(rule);
  expect(found(better)).not.toContain(rule);
});
