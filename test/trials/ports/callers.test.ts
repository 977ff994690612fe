/** Programs that scale by events, call each other, or are called by the address of their node. */
import { Config, Env, Peer, ScaleTrigger } from 'cdk8s-eks-patterns';
import { agent, job, privilegedTenant, web, worker } from '../../support/app';
import { custom, findingsOf, inTenant, type Program, runTrials, type Trial, withRaw } from './support';

type Props = Readonly<Record<string, unknown>>;
const server = (props: Props = {}): Program => inTenant((t) => web(props, t));
const scaled = (type: string, metadata: Record<string, string>, options = {}): Program => {
  const triggers = [ScaleTrigger.keda(type, metadata, options)];
  return inTenant((t) => {
    worker({ replicas: { min: 0, max: 5, triggers } }, t);
    if (Object.keys(options).length > 0) {
      withRaw(t, {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'TriggerAuthentication',
        metadata: { name: 'login' },
        spec: { podIdentity: { provider: 'aws' } },
      });
    }
  });
};
const login = { authenticationRef: { name: 'login' } };
const runners = { owner: 'example', runnerScope: 'org' };
const kafka = {
  bootstrapServers: 'b-1.example.com:9098',
  consumerGroup: 'g',
  topic: 't',
  sasl: 'aws_msk_iam',
  tls: 'enable',
};
const amp = {
  serverAddress: 'https://aps-workspaces.us-west-2.amazonaws.com/workspaces/ws-1',
  query: 'x',
  threshold: '5',
};
const onNode = { NODE_IP: Env.field('status.hostIP'), OTLP: 'http://$(NODE_IP):4317' };
/** An agent with a port of its node, and the port that its policy opens. */
const collector = (open: number): Program =>
  inTenant((t) => {
    const edits = custom({
      daemonSet: ({ spec }) => {
        spec.template.spec.containers[0].ports = [{ name: 'otlp', containerPort: 4317, hostPort: 4317 }];
      },
      networkPolicy: ({ spec }) => {
        spec.ingress = [{ from: [{ namespaceSelector: {} }], ports: [{ port: open }] }];
      },
    });
    agent(edits, t);
  }, privilegedTenant);
const rollout = (props: Props): Program =>
  inTenant((t) => {
    web(props, t);
    withRaw(t, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'onsuccess' },
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      },
    });
  });
const none = custom({
  deployment: ({ spec }) => {
    spec.replicas = 0;
  },
});
const TRIALS: readonly Trial[] = [
  [
    'B5.1',
    'runners without a token',
    'keda/authentication',
    scaled('github-runner', runners),
    scaled('github-runner', runners, login),
  ],
  [
    'B5.1b',
    'Kafka with IAM, and no permissions',
    'keda/authentication',
    scaled('kafka', kafka),
    scaled('kafka', kafka, login),
  ],
  [
    'B5.1c',
    'Amazon Managed Prometheus without permissions',
    'keda/authentication',
    scaled('prometheus', amp),
    scaled('prometheus', amp, login),
  ],
  [
    'B5.2',
    'a type that KEDA does not have',
    'keda/type',
    scaled('aws-sqs-queu', {}, login),
    scaled('kubernetes-workload', { podSelector: 'app=web', value: '2' }),
  ],
  [
    'B8.1',
    'settings with an address that their only reader may not call',
    'connections/undeclared',
    inTenant((t) => job({ envFrom: [new Config(t, 'settings', { API: web({}, t, 'api').url() })] }, t)),
    inTenant((t) => {
      const target = web({}, t, 'api');
      job({ envFrom: [new Config(t, 'settings', { API: target.url() })], connectsTo: [target] }, t);
    }),
  ],
  [
    'B9.1',
    'a variable of the node that is not declared',
    'props/invalid',
    server({ env: { OTLP: 'http://$(NODE_IP):4317' } }),
    server({ env: { OTLP: 'http://localhost:4317' } }),
  ],
  [
    'B9.1b',
    'the same in shared settings, where nothing is inserted',
    'variables/unexpanded',
    inTenant((t) => web({ envFrom: [new Config(t, 'settings', { OTLP: 'http://$(NODE_IP):4317' })] }, t)),
    inTenant((t) => web({ envFrom: [new Config(t, 'settings', { OTLP: 'http://localhost:4317' })] }, t)),
  ],
  [
    'B9.2',
    'the address of the node, to which no rule leads',
    'connections/node-address',
    server({ env: onNode }),
    server({ env: onNode, connectsTo: [Peer.cidr('192.168.0.0/16', 4317)] }),
  ],
  [
    'B9.3',
    'an agent on a port of its node that its policy closes',
    'host-ports/closed',
    collector(13133),
    collector(4317),
  ],
  [
    'B10.3',
    'a Deployment beside its Rollout',
    'autoscalers/rollout',
    rollout({ replicas: 3 }),
    rollout({ replicas: 3, ...none }),
  ],
  [
    'B10.3b',
    'an autoscaler of a Deployment beside its Rollout',
    'autoscalers/rollout',
    rollout({ replicas: { min: 2, max: 5 } }),
    rollout({ replicas: 3, ...none }),
  ],
];

runTrials(TRIALS);

describe('what works as it is written', () => {
  test('B8.2 shared settings that one reader does not call are a warning with a way out', () => {
    const found = findingsOf(
      inTenant((t) => {
        const target = web({}, t, 'api');
        const settings = new Config(t, 'settings', { API: target.url() });
        web({ envFrom: [settings], connectsTo: [target] }, t);
        job({ envFrom: [settings] }, t);
      }),
    ).filter(({ rule }) => rule === 'connections/undeclared');
    expect(found).toEqual([
      expect.objectContaining({
        severity: 'warning',
        construct: 'prod/shop/job',
        fix: expect.stringContaining('waive'),
      }),
    ]);
  });
});
