import type { Chart } from 'cdk8s';
import type { Requirement, StatefulSelf, WebServiceProps } from 'cdk8s-eks-patterns';
import {
  Config,
  EksApp,
  Expose,
  Peer,
  Probe,
  Requirements,
  ScaleTrigger,
  Secret,
  StatefulService,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';

/** Synthesized by more.test.ts. */
export const app = new EksApp({
  existing: [{ kind: 'Role', namespace: 't', name: 'r' }],
  defaults: {
    user: 1000,
    resources: { cpu: '100m', memory: '128Mi' },
    probes: { readiness: Probe.http('/r'), liveness: Probe.tcp() },
  },
});
const t = new Tenant(app, 't');
const mq = new StatefulService(t, 'mq', {
  image: 'a:1',
  port: { amqp: 5672, mgmt: { port: 15672 } },
  storage: { mountPath: '/d', size: '1Gi' },
  memberPorts: ['mgmt'],
  probes: { readiness: Probe.http('/x', { port: 'mgmt', timeout: '3s' }), liveness: Probe.tcp('amqp') },
  expose: Expose.nlb({ scheme: 'internal', port: 'amqp' }),
  files: { '/f': (self) => `${self.hosts.length}${self.url('http', 'mgmt')}` },
  env: { A: (self) => `${self.podName}.${self.domain}`, B: plus.EnvValue.fromValue('b'), C: (s) => s.url('x', 'amqp') },
  customize: {
    statefulSet: (s) => {
      s.spec.template.spec.containers[0].tty = true;
    },
  },
});
const shared = { env: { N: (self: StatefulSelf) => self.domain } };
const one = new StatefulService(t, 'one', {
  ...shared,
  image: 'a:1',
  port: 1,
  storage: { mountPath: '/d', size: '1Gi' },
});
const general: StatefulService[] = [mq, one];
const web = new WebService(t, 'web', {
  image: 'a:1',
  port: 1,
  connectsTo: [mq.on('amqp'), Peer.cidr('10.0.0.0/8', 5432), ...general],
  acceptsFrom: [t, mq],
  expose: Expose.alb({ host: 'h.example.com', scheme: 'internal' }),
  customize: {
    deployment: (d) => {
      d.spec.paused = true;
    },
  },
});
web.deployment.customize((d) => {
  d.spec.minReadySeconds = 3;
});
web.connectTo(mq);
const cfg = new Config(t, 'c', { A: 1, B: 'x' });
const tok = Secret.fromParameterStore(t, 's', { parameter: '/a/b' });
new Worker(t, 'w', {
  image: 'a:1',
  replicas: { min: 0, max: 3, triggers: [ScaleTrigger.sqs({ queueUrl: 'q', messagesPerReplica: 5 })] },
  envFrom: [cfg, cfg.only('B')],
  secretFiles: { '/etc/tok': tok },
  env: { A: cfg.env('A'), T: tok.env('value') },
  probes: { liveness: Probe.tcp(9000) },
  metrics: { port: 9090 },
});

// A wrapper as platform teams write it, generic in nothing.
interface OurProps extends WebServiceProps {
  readonly costCentre: string;
}
class OurService extends WebService<string> {
  constructor(scope: Chart, id: string, { costCentre, ...props }: OurProps) {
    super(scope, id, { ...props, labels: { ...props.labels, costCentre } });
  }
}
new OurService(t, 'ours', { image: 'a:1', port: 8080, replicas: { min: 2, max: 4 }, costCentre: '42' });

// cdk8s-plus as a neighbour.
new plus.RoleBinding(t, 'rb', { role: plus.Role.fromRoleName(t, 'r', 'r') }).addSubjects(web);
new plus.NetworkPolicy(t, 'np', { selector: web, egress: { rules: [{ peer: mq }] } });

// A requirement of one's own.
const fips: Requirement = {
  id: 'acme/fips',
  because: 'policy',
  check: (c) =>
    c.region.startsWith('us-gov')
      ? { status: 'met' }
      : { status: 'unmet', message: 'no FIPS', fix: 'use us-gov-west-1' },
};
Requirements.add(web, fips, Requirements.zones(3, { because: 'quorum' }));
