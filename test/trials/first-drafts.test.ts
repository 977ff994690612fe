/**
 * First drafts of known systems that the library once accepted without a word, and that could not have worked. Each is
 * now reported by the rule named beside it, or works as it is written.
 */
import { type EksApp, Expose, type Finding, KubeObject, Probe, ScaleTrigger, SynthesisError } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  find,
  job,
  manifests,
  newApp,
  newCluster,
  newTenant,
  podOf,
  privilegedTenant,
  quietly,
  stateful,
  web,
  worker,
} from '../support/app';
import { findingsOf } from '../support/findings';

const image = 'example.com/helper:1.0';
const raw = (more: object) => ({ name: 'helper', image, ...more });

/** A draft: a program, and the rule that reports it. */
const DRAFTS: readonly (readonly [what: string, rule: string, program: () => EksApp])[] = [
  [
    'PostgreSQL whose data folder is the volume itself',
    'volumes/postgres-folder',
    () => {
      const storage = { mountPath: '/var/lib/postgresql/data', size: '20Gi' };
      return appOf(stateful({ image: 'postgres:16.1', user: 999, storage }));
    },
  ],
  [
    'a volume that is misspelt',
    'volumes/unknown',
    () => appOf(stateful({ initContainers: [raw({ volumeMounts: [{ name: 'dta', mountPath: '/d' }] })] })),
  ],
  [
    'a replica set whose members wait for each other',
    'stateful/order',
    () => {
      const readiness = Probe.exec(['mongosh', '--eval', 'db.hello().isWritablePrimary']);
      const probes = { readiness, liveness: Probe.tcp() };
      return appOf(stateful({ image: 'mongo:8.0', port: 27017, replicas: 3, memberPorts: [], probes }));
    },
  ],
  [
    'an init container with the image of its workload, and none of its settings',
    'containers/no-variables',
    () => {
      const airflow = 'apache/airflow:3.0.1';
      const initContainers = [{ name: 'wait', image: airflow, command: ['airflow', 'db', 'check-migrations'] }];
      const env = { AIRFLOW__CORE__EXECUTOR: 'CeleryExecutor' };
      return appOf(web({ image: airflow, user: { uid: 50000, gid: 0 }, env, initContainers }));
    },
  ],
  [
    'an init container that waits for a service',
    'connections/undeclared',
    () => {
      const shop = newTenant();
      const { host } = web({}, shop, 'api');
      const command = ['sh', '-c', `until nc -z ${host} 8080; do sleep 1; done`];
      web({ initContainers: [raw({ command })] }, shop);
      return appOf(shop);
    },
  ],
  [
    'members without a port of their own',
    'connections/undeclared',
    () => {
      const JAVA_OPTS_APPEND = '-Djgroups.dns.query=keycloak.shop.svc.cluster.local:7800';
      const user = { uid: 1000, gid: 0 };
      return appOf(web({ user, env: { KC_CACHE: 'ispn', JAVA_OPTS_APPEND } }, newTenant(), 'keycloak'));
    },
  ],
  [
    'an agent that is called by the address of its node',
    'props/invalid',
    () => {
      const shop = newTenant();
      agent({ image: 'otel/collector:0.130.0', probes: { liveness: Probe.tcp(13133) } }, shop);
      web({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(NODE_IP):4317' } }, shop);
      return appOf(shop);
    },
  ],
  [
    'runners without a token',
    'keda/authentication',
    () => {
      const triggers = [ScaleTrigger.keda('github-runner', { owner: 'example', runnerScope: 'org' })];
      return appOf(worker({ replicas: { min: 0, max: 5, triggers } }));
    },
  ],
  [
    'a Windows image',
    'windows/fields',
    () => {
      const nodeGroups = [
        { name: 'workers', instanceType: 'm5.large' },
        { name: 'windows', instanceType: 'm5.large', amiFamily: 'WindowsServer2022CoreContainer' },
      ];
      const shop = newTenant({}, newCluster(newApp(), { nodeGroups } as never));
      const deployment = (object: { spec: { template: { spec: object } } }) => {
        Object.assign(object.spec.template.spec, { os: { name: 'windows' } });
      };
      web({ placement: { nodeLabels: { 'kubernetes.io/os': 'windows' } }, customize: { deployment } }, shop);
      return appOf(shop);
    },
  ],
  [
    'a mesh in a restricted namespace',
    'containers/injected',
    () => appOf(web({}, newTenant({ labels: { 'istio-injection': 'enabled' } }))),
  ],
  [
    'a sidecar of another level',
    'pod-security/restricted',
    () => appOf(stateful({ sidecars: [raw({ securityContext: { runAsUser: 0 } })] })),
  ],
];

/** Errors and warnings, whether the constructor or the synthesis tells them. */
function reported(program: () => EksApp): readonly Finding[] {
  return found(program).filter(({ severity }) => severity !== 'advice');
}

function found(program: () => EksApp): readonly Finding[] {
  let app: EksApp | undefined;
  try {
    app = program();
    quietly(() => app?.synth());
  } catch (e) {
    if (!(e instanceof SynthesisError)) {
      return findingsOf(() => {
        throw e;
      });
    }
    return [...e.findings, ...(app?.findings ?? [])];
  }
  return app.findings;
}

test.each(DRAFTS)('%s is reported by %s', (_what, rule, program) => {
  expect(reported(program).map((finding) => finding.rule)).toContain(rule);
});

describe('drafts that work as they are written', () => {
  test('an admission webhook of an isolated service', () => {
    const shop = newTenant();
    const service = { name: web({ port: 9443 }, shop).name, namespace: 'shop', port: 9443 };
    const webhook = {
      name: 'check.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: { service },
      rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['CREATE'] }],
    };
    new KubeObject(shop, 'webhook', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'check' },
      webhooks: [webhook],
    } as never);
    expect(reported(() => appOf(shop)).map(({ rule }) => rule)).toEqual([]);
  });

  test('a canary behind an action that an edit adds', () => {
    const shop = newTenant();
    const canary = web({}, shop, 'canary');
    const weights = { type: 'forward', forwardConfig: { targetGroups: [{ serviceName: canary.name }] } };
    const ingress = (object: { metadata: { annotations?: Record<string, string> } }) => {
      object.metadata.annotations!['alb.ingress.kubernetes.io/actions.weights'] = JSON.stringify(weights);
    };
    const expose = Expose.alb({ scheme: 'internal', host: 'a.example.com' });
    web({ expose, customize: { ingress } }, shop);
    expect(reported(() => appOf(shop)).map(({ rule }) => rule)).toEqual([]);
  });

  test('UDP behind a network load balancer, which keeps the addresses of the clients', () => {
    const app = appOf(
      web({
        port: { dns: { port: 1053, protocol: 'UDP' }, health: 8080 },
        probes: { readiness: Probe.http('/r', { port: 'health' }), liveness: Probe.tcp('health') },
        expose: Expose.nlb({ scheme: 'internet-facing' }),
      }),
    );
    const { ingress } = find(manifests(app), 'NetworkPolicy', 'web').spec;
    expect(ingress.filter(({ from }: { from: unknown[] }) => JSON.stringify(from).includes('"0.0.0.0/0"'))).toEqual([
      { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 1053, protocol: 'UDP' }] },
    ]);
  });

  test('an exporter beside a database that says its user alone', () => {
    const exporter = raw({ securityContext: { runAsUser: 65534 } });
    const app = appOf(stateful({ sidecars: [exporter] }));
    const { template } = find(manifests(app), 'StatefulSet').spec;
    expect(template.spec.initContainers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsUser: 65534,
    });
  });

  test('a container that sets kernel parameters in a privileged namespace', () => {
    const sysctl = raw({ securityContext: { privileged: true, runAsUser: 0 } });
    const { initContainers } = podOf(stateful({ initContainers: [sysctl] }, privilegedTenant())).spec;
    expect(initContainers![0]!.securityContext).toMatchObject({ privileged: true, runAsNonRoot: false });
  });

  test('a restore into the folder that the database reads', () => {
    const restore = raw({ volumeMounts: [{ name: 'data', mountPath: '/restore' }] });
    const { initContainers, containers } = podOf(stateful({ initContainers: [restore] })).spec;
    const own = containers[0].volumeMounts!.find(({ name }) => name === 'data')!;
    expect(initContainers![0]!.volumeMounts![0]!.subPath).toBe(own.subPath);
  });

  test('an image whose files belong to the group root', () => {
    expect(podOf(web({ user: { uid: 1000, gid: 0 } })).spec.securityContext).toMatchObject({ runAsGroup: 0 });
  });

  test('a server with one endpoint, whose liveness is patient', () => {
    const probes = { readiness: Probe.grpc(), liveness: Probe.grpc({ failures: 9 }) };
    expect(reported(() => appOf(web({ probes })))).toEqual([]);
  });

  test('a migration that says its database itself', () => {
    expect(reported(() => appOf(job({ env: { DATABASE_HOST: 'db.example.com' } })))).toEqual([]);
  });
});
