import { Secret } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import {
  agent,
  appOf,
  existingCluster,
  job,
  newApp,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  scheduled,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

type Props = Readonly<Record<string, unknown>>;

describe('a monitor', () => {
  const selector = { matchLabels: { 'app.kubernetes.io/name': 'web' } };

  test('of pods names the port of the container, in place of the annotations', () => {
    const own = web({ metrics: { path: '/stats', monitor: 'pod', interval: '15s' } });
    expect(own.podMonitor!.toJson().spec).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      podMetricsEndpoints: [{ interval: '15s', path: '/stats', port: 'http' }],
      selector,
    });
    expect(own.serviceMonitor).toBeUndefined();
    expect(JSON.stringify(podOf(own).metadata.annotations ?? {})).not.toContain('prometheus.io');
  });

  test('of a Service names its port, and leaves the other Services of the pods out', () => {
    const own = web({ port: { http: 80, admin: 9090 }, metrics: { port: 'admin', monitor: 'service' } });
    expect(own.serviceMonitor!.toJson().spec).toEqual({
      endpoints: [
        {
          path: '/metrics',
          port: 'admin',
          relabelings: [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: 'web' }],
        },
      ],
      jobLabel: 'app.kubernetes.io/name',
      selector,
    });
  });

  test.each([
    ['a port of its own', () => web({ metrics: { port: 9100, monitor: 'pod' } }), 'metrics'],
    ['a set', () => stateful({ metrics: { monitor: 'pod' } }), 'tcp'],
    ['a worker', () => worker({ metrics: { port: 9100, monitor: 'pod' } }), 'metrics'],
    ['an agent', () => agent({ metrics: { port: 9100, monitor: 'pod' } }), 'metrics'],
  ])('names the port of %s as the container does', (_, make, port) => {
    const own = make();
    expect(own.podMonitor!.toJson().spec.podMetricsEndpoints[0]!.port).toBe(port);
    expect(podOf(own).spec.containers[0].ports!.map(({ name }) => name)).toContain(port);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a Service that lacks the port',
      () => web({ metrics: { port: 9100, monitor: 'service' } }),
      'forbidden',
      'monitor',
    ],
    ['no Service', () => worker({ metrics: { port: 9100, monitor: 'service' } }), 'forbidden', 'monitor'],
    ['another kind', () => web({ metrics: { monitor: 'probe' } }), 'unsupported', 'monitor'],
    ['true', () => web({ metrics: { monitor: true } }), 'unsupported', 'monitor'],
    ['an interval of annotations', () => web({ metrics: { interval: '15s' } }), 'forbidden', 'interval'],
    ['no interval', () => web({ metrics: { monitor: 'pod', interval: 0 } }), 'invalid', 'interval'],
    ['half a second', () => web({ metrics: { monitor: 'pod', interval: '500ms' } }), 'invalid', 'interval'],
  ])('of %s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, `metrics.${field}`]);
  });

  test('requires the Prometheus operator once, and passes the review', () => {
    const shop = newTenant();
    web({ metrics: { monitor: 'service' }, alerts: true }, shop);
    stateful({ metrics: { monitor: 'service' }, alerts: true }, shop);
    const { steps } = synth(appOf(shop));
    expect(steps.match(/helm upgrade --install kube-prometheus-stack/g)).toHaveLength(1);
    expect(steps).toContain('ruleSelectorNilUsesHelmValues=false');
    expect(findingsOf(() => appOf(shop)).filter(({ rule }) => rule.startsWith('monitors/'))).toEqual([]);
  });

  test('is asked of a cluster that exists as well', () => {
    const shop = newTenant({}, existingCluster(newApp(), { features: ['network-policy'] }));
    worker({ metrics: { port: 9100, monitor: 'pod' } }, shop);
    expect(synth(appOf(shop)).steps).toContain('kube-prometheus-stack');
  });
});

describe('alerts', () => {
  const rules = (workload: ReturnType<typeof web> | { prometheusRule: ReturnType<typeof web>['prometheusRule'] }) =>
    workload.prometheusRule!.toJson().spec.groups.flatMap(({ rules: own }) => own);
  const names = (make: (props: Props) => ReturnType<typeof web> | never, props: Props = {}) =>
    rules(make({ alerts: true, ...props })).map(({ alert }) => alert);

  test.each<[string, (props: Props) => unknown, readonly string[]]>([
    ['WebService', web, ['PodsNotReady', 'ContainerRestarting']],
    [
      'scaled Worker',
      (props) => worker({ replicas: { min: 1, max: 4 }, ...props }),
      ['PodsNotReady', 'ContainerRestarting', 'AutoscalerAtMaximum'],
    ],
    ['StatefulService', stateful, ['PodsNotReady', 'ContainerRestarting', 'VolumeNearlyFull']],
    ['NodeAgent', agent, ['PodsNotReady', 'ContainerRestarting']],
    ['BatchJob', job, ['JobFailed']],
    ['ScheduledJob', scheduled, ['JobFailed']],
  ])('of a %s', (_, make, expected) => {
    expect(names(make as never)).toEqual(expected);
  });

  test.each(PATTERN_NAMES)('of a %s have a severity, a summary and a description each', (name) => {
    for (const { labels, annotations } of rules(PATTERNS[name]({ alerts: true }))) {
      expect(labels.severity).toMatch(/^(critical|warning)$/);
      expect(Object.keys(annotations).sort()).toEqual(['description', 'summary']);
    }
  });

  test('are about the objects of the workload alone', () => {
    const [ready, restarts] = rules(web({ alerts: true }));
    expect(ready!.expr).toBe(
      'kube_deployment_status_replicas_available{namespace="shop",deployment="web"} < kube_deployment_spec_replicas{namespace="shop",deployment="web"}',
    );
    const pattern = new RegExp(`^(?:${/pod=~"([^"]+)"/.exec(restarts!.expr)![1]})$`);
    expect(
      ['web-7d9f8b6c5d-x2x4z', 'web-admin-x2x4z', 'web-0', 'web-db-x2x4z'].map((pod) => pattern.test(pod)),
    ).toEqual([true, false, false, false]);
    const volumes = rules(stateful({ alerts: true })).find(({ alert }) => alert === 'VolumeNearlyFull')!;
    expect(volumes.expr).toContain('persistentvolumeclaim=~"(data)-store-[0-9]+"');
  });

  test('certificates of cert-manager are those of the Secrets that its containers use', () => {
    const shop = newTenant();
    const [tls, client] = ['tls', 'client'].map((id) => Secret.existing(shop, id, ['tls.crt', 'tls.key']));
    const login = Secret.existing(shop, 'login', ['password']);
    const own = { name: 'proxy', image: 'proxy:1', secretFiles: { '/etc/tls': tls } };
    const env = { CERT: client!.file('tls.crt'), PASSWORD: login.env('password') };
    const found = rules(web({ alerts: true, env, sidecars: [own] }, shop)).find(
      ({ alert }) => alert === 'CertificateNearExpiry',
    )!;
    expect(found.expr).toBe(
      '(certmanager_certificate_expiration_timestamp_seconds{namespace="shop",name=~"client|tls"}' +
        ' or certmanager_certificate_expiration_timestamp_seconds{exported_namespace="shop",name=~"client|tls"})' +
        ' - time() < 14 * 24 * 3600',
    );
    expect(found.labels.severity).toBe('critical');
    const ofAws = Secret.fromSecretsManager(shop, 'aws', { secret: 'shop/tls', keys: ['tls.crt'] });
    const names = rules(web({ alerts: true, secretFiles: { '/etc/tls': ofAws } }, shop, 'other')).map(
      ({ alert }) => alert,
    );
    expect(names).not.toContain('CertificateNearExpiry');
  });

  test('have the severity and the labels that are asked for', () => {
    const own = rules(web({ alerts: { notReady: 'critical', restarting: 'off', labels: { team: 'payments' } } }));
    expect(own.map(({ alert, labels }) => [alert, labels])).toEqual([
      ['PodsNotReady', { team: 'payments', severity: 'critical' }],
    ]);
  });

  test('can be set for a tenant, where each pattern takes its own, and switched off', () => {
    const shop = newTenant({ defaults: { alerts: { jobFailed: 'critical', volumeFull: 'off' } } });
    expect(rules(job({}, shop)).map(({ labels }) => labels.severity)).toEqual(['critical']);
    expect(rules(stateful({}, shop)).map(({ alert }) => alert)).toEqual(['PodsNotReady', 'ContainerRestarting']);
    expect(web({ alerts: false }, shop).prometheusRule).toBeUndefined();
  });

  test('an autoscaler of KEDA has the name that KEDA gives it, and one without room has no alert', () => {
    const scaled = (replicas: object) =>
      web({ replicas, alerts: true })
        .prometheusRule!.toJson()
        .spec.groups[0]!.rules.filter(({ alert }) => alert === 'AutoscalerAtMaximum');
    expect(scaled({ min: 1, max: 3 })[0]!.expr).toContain('horizontalpodautoscaler="web"');
    expect(scaled({ min: 3, max: 3 })).toEqual([]);
  });

  test.each<[string, () => unknown, string, string]>([
    ['volumes of none', () => web({ alerts: { volumeFull: 'critical' } }), 'forbidden', 'alerts.volumeFull'],
    ['an autoscaler of none', () => web({ alerts: { atMaximum: 'info' } }), 'forbidden', 'alerts.atMaximum'],
    ['jobs of a service', () => web({ alerts: { jobFailed: 'info' } }), 'forbidden', 'alerts.jobFailed'],
    ['pods of a job', () => job({ alerts: { notReady: 'info' } }), 'forbidden', 'alerts.notReady'],
    [
      'certificates of none',
      () => web({ alerts: { certificateExpiry: 'info' } }),
      'forbidden',
      'alerts.certificateExpiry',
    ],
    ['another severity', () => web({ alerts: { notReady: 'page' } }), 'unsupported', 'alerts.notReady'],
    ['an unknown alert', () => web({ alerts: { restarts: 'info' } }), 'unknown', 'alerts.restarts'],
    ['a string', () => web({ alerts: 'all' }), 'type', 'alerts'],
    ['a label with a dash', () => web({ alerts: { labels: { 'a-b': 'c' } } }), 'invalid', "alerts.labels['a-b']"],
    [
      'severity as a label',
      () => web({ alerts: { labels: { severity: 'x' } } }),
      'invalid',
      "alerts.labels['severity']",
    ],
    ['a number as a label', () => web({ alerts: { labels: { team: 1 } } }), 'type', "alerts.labels['team']"],
    [
      'an unknown alert of a default',
      () => newTenant({ defaults: { alerts: { down: 'info' } as never } }),
      'unknown',
      'defaults.alerts.down',
    ],
  ])('refuses %s', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, field]);
  });
});

const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';
(CRDS_PRESENT ? test : test.skip)(`the operators' own definitions take every object${why}`, () => {
  const definitions = definitionsIn(CRDS, ['prometheus-operator.yaml', 'vertical-pod-autoscaler.yaml']);
  const shop = newTenant();
  web({ metrics: { monitor: 'service', interval: '90s' }, alerts: { labels: { team: 'a' } } }, shop);
  stateful({ metrics: { monitor: 'pod', interval: '15s' }, alerts: true, verticalPodAutoscaler: 'recommend' }, shop);
  job({ alerts: true }, shop);
  const written = synth(appOf(shop)).manifests.filter(({ apiVersion }) =>
    /^(monitoring.coreos.com|autoscaling.k8s.io)/.test(apiVersion),
  );
  expect(written).toHaveLength(6);
  expect(written.flatMap((manifest) => customResourceErrors(definitions, manifest))).toEqual([]);
});
