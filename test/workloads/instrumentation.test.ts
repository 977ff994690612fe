import { Instrumentation, Placement } from 'cdk8s-eks-patterns';
import { egress, ingress, pods, range } from '../network/support';
import { appOf, existingCluster, newApp, newCluster, newTenant, podOf, synth, synthErrors, web } from '../support/app';
import { refusedBy } from '../support/findings';

type OpenTelemetry = Parameters<typeof Instrumentation.openTelemetry>[0];
const java = (more: object = {}) => Instrumentation.openTelemetry({ language: 'java', ...more } as OpenTelemetry);
const annotations = (props: Parameters<typeof web>[0], tenant = newTenant()) =>
  podOf(web(props, tenant)).metadata.annotations ?? {};
const INJECT = 'instrumentation.opentelemetry.io/inject-';

describe('instrumentation', () => {
  test.each(['java', 'nodejs', 'python', 'dotnet'] as const)('of %s is an annotation of the pods alone', (language) => {
    const tenant = newTenant();
    const collector = web({ port: { otlp: 4317 } }, tenant, 'collector');
    const made = web({ instrumentation: Instrumentation.openTelemetry({ language, exportsTo: collector }) }, tenant);
    expect(podOf(made).metadata.annotations).toEqual({ [`${INJECT}${language}`]: 'true' });
    expect(made.deployment.toJson().metadata.annotations).toBeUndefined();
  });

  test('opens the way to the collector, on both sides', () => {
    const tenant = newTenant();
    const collector = web({ port: { http: 8080, otlp: 4317 } }, tenant, 'collector');
    const made = web({ instrumentation: java({ exportsTo: collector.on('otlp') }) }, tenant);
    expect(egress(made)).toContainEqual({ peers: [pods('collector')], ports: ['4317/TCP'] });
    expect(ingress(collector)).toContainEqual({ peers: [pods('web')], ports: ['4317/TCP'] });
    expect(synthErrors(appOf(made))).toEqual([]);
  });

  test('names an Instrumentation', () => {
    const open = newTenant({ network: { open: true, because: 'the test says so' } });
    expect(annotations({ instrumentation: java({ instrumentation: 'observability/default' }) }, open)).toEqual({
      [`${INJECT}java`]: 'observability/default',
    });
  });

  test('by Application Signals installs the add-on, and opens the way to the agent of the node', () => {
    const app = newApp();
    const tenant = newTenant({}, newCluster(app));
    const made = web({ instrumentation: Instrumentation.applicationSignals({ language: 'python' }) }, tenant);
    expect(podOf(made).metadata.annotations).toEqual({ [`${INJECT}python`]: 'true' });
    expect(egress(made)).toContainEqual({ peers: [range('192.168.0.0/16')], ports: ['4316/TCP', '2000/TCP'] });
    const { clusterConfig, steps } = synth(app);
    expect(clusterConfig!.addons.map(({ name }: { name: string }) => name)).toContain(
      'amazon-cloudwatch-observability',
    );
    expect(steps).not.toContain('opentelemetry.io/v1alpha1/Instrumentation');
  });

  test('by OpenTelemetry asks for the operator', () => {
    const app = newApp();
    const tenant = newTenant({}, newCluster(app));
    web({ instrumentation: java({ exportsTo: web({}, tenant, 'collector') }) }, tenant);
    expect(synth(app).steps).toContain('opentelemetry.io/v1alpha1/Instrumentation');
  });

  test('on a cluster that exists and lacks the add-on is refused', () => {
    const app = newApp();
    const tenant = newTenant({}, existingCluster(app, { addons: ['vpc-cni'] } as never));
    web({ instrumentation: Instrumentation.applicationSignals({ language: 'java' }) }, tenant);
    expect(synthErrors(app).length).toBeGreaterThan(0);
  });

  const SIGNALS = Instrumentation.applicationSignals({ language: 'java' });
  test.each<[what: string, props: Parameters<typeof web>[0], rule: string, field: string]>([
    ['no Instrumentation', { instrumentation: 'java' }, 'props/type', 'instrumentation'],
    ['no language', { instrumentation: java({ language: undefined }) }, 'props/required', 'instrumentation.language'],
    [
      'a language without libraries',
      { instrumentation: java({ language: 'go' }) },
      'props/unsupported',
      'instrumentation.language',
    ],
    ['an unknown key', { instrumentation: java({ endpoint: 'a' }) }, 'props/unknown', 'instrumentation.endpoint'],
    ['no collector in an isolated tenant', { instrumentation: java() }, 'props/required', 'instrumentation.exportsTo'],
    [
      'what is no workload',
      { instrumentation: java({ exportsTo: 'http://a' }) },
      'props/type',
      'instrumentation.exportsTo',
    ],
    [
      'the agent on Fargate',
      { instrumentation: SIGNALS, placement: Placement.fargate() },
      'props/forbidden',
      'instrumentation',
    ],
  ])('with %s is refused', (_what, props, rule, field) => {
    expect(refusedBy(() => web(props))).toEqual([rule, field]);
  });

  test('with no name of an Instrumentation is refused', () => {
    const tenant = newTenant();
    const exportsTo = web({}, tenant, 'collector');
    for (const instrumentation of ['a/b/c', 'A', '']) {
      expect(refusedBy(() => web({ instrumentation: java({ exportsTo, instrumentation }) }, tenant, 'web'))).toEqual([
        'props/invalid',
        'instrumentation.instrumentation',
      ]);
      tenant.node.tryRemoveChild('web');
    }
  });
});

describe('logs', () => {
  test('are left out, or read by a parser', () => {
    expect(annotations({ logs: 'exclude' })).toEqual({ 'fluentbit.io/exclude': 'true' });
    expect(annotations({ logs: { parser: 'nginx' } })).toEqual({ 'fluentbit.io/parser': 'nginx' });
  });

  test.each([
    ['an unknown word', 'include', 'props/unsupported', 'logs'],
    ['no parser', {}, 'props/required', 'logs.parser'],
    ['an unknown key', { parser: 'a', stream: 'stdout' }, 'props/unknown', 'logs.stream'],
    ['no name', { parser: 'a b' }, 'props/invalid', 'logs.parser'],
  ])('with %s are refused', (_what, logs, rule, field) => {
    expect(refusedBy(() => web({ logs }))).toEqual([rule, field]);
  });
});
