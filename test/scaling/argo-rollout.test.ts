import { Analysis, ArgoRollout, type EksApp, Expose, type k8s, ScaleTrigger, Tenant } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { existingCluster, newApp, newCluster, newTenant, podOf, synth, synthErrors, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const ask = {
  name: 'success-rate',
  address: 'http://prometheus-operated.monitoring:9090',
  query: 'sum(rate(http_requests_total{app="web",code!~"5.."}[2m])) / sum(rate(http_requests_total{app="web"}[2m]))',
  success: 'result[0] >= 0.95',
};
const WORKSPACE = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1a2b/';
const steps = [{ setWeight: 20 }, { pause: '10m' }] as const;
type Canary = Parameters<typeof ArgoRollout.canary>[0];
const canary = (more: object = {}) => ArgoRollout.canary({ steps, ...more } as Canary);
const rolled = (more: object = {}, props: object = {}, scope = newTenant()) =>
  web({ rollout: canary(more), ...props }, scope);

describe('a canary of Argo Rollouts', () => {
  test('runs the pods in place of the Deployment, by steps, without a missing pod', () => {
    const made = rolled({ steps: [...steps, { setWeight: 50 }, { pause: 'until-promoted' }] }, { replicas: 5 });
    const { kind, apiVersion, metadata, spec } = made.rollout!.toJson();
    expect([apiVersion, kind, metadata.name, metadata.namespace]).toEqual([
      'argoproj.io/v1alpha1',
      'Rollout',
      'web',
      'shop',
    ]);
    const { template, ...rest } = spec;
    expect(rest).toEqual({
      progressDeadlineAbort: true,
      progressDeadlineSeconds: 600,
      replicas: 5,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      strategy: {
        canary: {
          maxSurge: '25%',
          maxUnavailable: 0,
          steps: [{ setWeight: 20 }, { pause: { duration: 600 } }, { setWeight: 50 }, { pause: {} }],
        },
      },
    });
    const plain = podOf(web());
    expect(template.spec.containers).toEqual(plain.spec.containers);
    expect(template.metadata.labels).toEqual(plain.metadata.labels);
  });

  test('leaves no Deployment, and what reads one says so', () => {
    const made = rolled();
    expect(made.node.tryFindChild('Deployment')).toBeUndefined();
    expect(refusedBy(() => made.deployment)).toEqual(['props/unsupported', 'rollout']);
    expect(refusedBy(() => rolled({}, { customize: { deployment: () => {} } }))).toEqual([
      'props/forbidden',
      'customize.deployment',
    ]);
    expect(web().rollout).toBeUndefined();
  });

  test('takes the times of a Deployment, and edits', () => {
    const customize = {
      rollout: (r: k8s.Rollout) => {
        r.spec.strategy.canary.abortScaleDownDelaySeconds = 60;
      },
    };
    const more = {
      minReady: '30s',
      deadline: '5m',
      revisionHistory: 5,
      paused: true,
      maxSurge: 1,
      maxUnavailable: '10%',
    };
    expect(rolled(more, { customize }).rollout!.toJson().spec).toMatchObject({
      minReadySeconds: 30,
      progressDeadlineSeconds: 300,
      revisionHistoryLimit: 5,
      paused: true,
      strategy: { canary: { maxSurge: 1, maxUnavailable: '10%', abortScaleDownDelaySeconds: 60 } },
    });
  });

  test('is scaled by its autoscaler, which owns the number', () => {
    const target = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' };
    const made = rolled({}, { replicas: { min: 2, max: 6 }, verticalPodAutoscaler: 'recommend' });
    expect(made.autoscaler!.toJson().spec.scaleTargetRef).toEqual(target);
    expect(made.verticalPodAutoscaler!.toJson().spec.targetRef).toEqual(target);
    expect(made.rollout!.toJson().spec.replicas).toBeUndefined();
    const triggers = [
      ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'UTC', replicas: 3 } as never),
    ];
    const byEvents = worker({ rollout: canary(), replicas: { min: 1, max: 4, triggers } });
    expect(byEvents.scaledObject!.toJson().spec.scaleTargetRef).toEqual({ ...target, name: byEvents.name });
  });

  test('spreads its revisions apart by their own label', () => {
    const { topologySpreadConstraints, affinity } = rolled().rollout!.toJson().spec.template.spec;
    const keys = ['rollouts-pod-template-hash'];
    expect(topologySpreadConstraints!.flatMap((one) => one.matchLabelKeys)).toEqual([...keys, ...keys]);
    const [term] = affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution!;
    expect(term!.podAffinityTerm.matchLabelKeys).toEqual(keys);
  });

  test('alerts on pods, since there is no Deployment to count', () => {
    const rules = rolled({}, { alerts: true }).prometheusRule!.toJson().spec.groups[0]!.rules;
    const { expr } = rules.find(({ alert }) => alert === 'PodsNotReady')!;
    expect(expr).toContain('kube_pod_status_ready{namespace="shop"');
    expect(rules.map((one) => one.expr).join()).not.toContain('kube_deployment');
  });

  test('has its pods, budget and quota accepted by the review, with room for the surge', () => {
    const quotaOf = (props: object) => {
      const tenant = newTenant();
      const made = web({ replicas: 4, ...props }, tenant);
      expect(synthErrors(made.node.root as EksApp)).toEqual([]);
      return tenant.resourceQuota!.toJson().spec!.hard!;
    };
    expect(quotaOf({ rollout: canary() })).toEqual(quotaOf({}));
    const app = newApp();
    const made = rolled(
      { analysis: Analysis.prometheus(ask) },
      { expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }) },
      newTenant({}, newCluster(app)),
    );
    expect(synthErrors(app)).toEqual([]);
    const usual = newTenant({}, newCluster());
    const deployment = web({ expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }) }, usual);
    synth(usual.node.root as EksApp);
    const rules = (of: EksApp) => of.findings.map(({ rule }) => rule).sort();
    expect(rules(made.node.root as EksApp)).toEqual(rules(deployment.node.root as EksApp));
  });

  test('asks for its controller in the steps', () => {
    const app = newApp();
    rolled({}, {}, newTenant({}, newCluster(app)));
    expect(synth(app).steps).toMatch(/Install Argo Rollouts[^#]*helm upgrade --install argo-rollouts argo-rollouts/);
  });

  test('on an existing cluster is a requirement that KEDA would be as well', () => {
    const said = (props: Parameters<typeof worker>[0]) => {
      const app = newApp();
      worker(props, new Tenant(existingCluster(app), 'shop'));
      return [synth(app).steps.length > 0, app.findings.map(({ rule, severity }) => [rule, severity])];
    };
    const triggers = [ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'UTC', replicas: 3 })];
    expect(said({ rollout: canary() })).toEqual(said({ replicas: { min: 1, max: 4, triggers } }));
  });

  test('can be the default of a tenant', () => {
    const made = web({}, newTenant({ defaults: { rollout: canary() } }));
    expect(made.rollout).toBeDefined();
    expect(refusedBy(() => newTenant({ defaults: { rollout: canary({ steps: [] }) } }))).toEqual([
      'props/invalid',
      'defaults.rollout.steps',
    ]);
  });
});

describe('an analysis', () => {
  const templateOf = (made: ReturnType<typeof web>, name: string) =>
    (made.node.findChild(`AnalysisTemplate-${name}`) as unknown as { toJson(): k8s.AnalysisTemplate }).toJson();

  test('is an AnalysisTemplate, asked from the first pods on and in steps', () => {
    const rate = Analysis.prometheus(ask);
    const latency = Analysis.prometheus({
      ...ask,
      name: 'latency',
      success: 'result[0] < 0.3',
      interval: '30s',
      count: 5,
      failureLimit: 1,
      errorLimit: 0,
      initialDelay: '1m',
    });
    const made = rolled({ steps: [...steps, { analysis: latency }], analysis: rate });
    const { canary: strategy } = made.rollout!.toJson().spec.strategy;
    expect(strategy.analysis).toEqual({ templates: [{ templateName: 'web-success-rate' }], startingStep: 1 });
    expect(strategy.steps[2]).toEqual({ analysis: { templates: [{ templateName: 'web-latency' }] } });
    const { metadata, spec } = templateOf(made, 'success-rate');
    expect([metadata.name, metadata.namespace]).toEqual(['web-success-rate', 'shop']);
    const prometheus = (query: string) => ({ prometheus: { address: ask.address, query } });
    expect(spec.metrics).toEqual([
      {
        name: 'success-rate',
        provider: prometheus(ask.query),
        successCondition: ask.success,
        interval: '60s',
        failureLimit: 0,
        consecutiveErrorLimit: 4,
      },
    ]);
    expect(templateOf(made, 'latency').spec.metrics).toEqual([
      {
        name: 'latency',
        provider: prometheus(ask.query),
        successCondition: 'result[0] < 0.3',
        interval: '30s',
        initialDelay: '60s',
        count: 5,
        failureLimit: 1,
        consecutiveErrorLimit: 0,
      },
    ]);
  });

  test('in two places is one object, and of two workloads two', () => {
    const rate = Analysis.prometheus({ ...ask, count: 3 });
    const tenant = newTenant();
    const rollout = canary({ steps: [...steps, { analysis: rate }], analysis: [rate] });
    web({ rollout }, tenant, 'a');
    web({ rollout }, tenant, 'b');
    const names = synth(tenant.node.root as EksApp).manifests.flatMap((one) =>
      one.kind === 'AnalysisTemplate' ? [one.metadata.name] : [],
    );
    expect(names).toEqual(['a-success-rate', 'b-success-rate']);
  });

  test('of a workspace of Amazon Managed Service for Prometheus is signed, and may be queried', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/query';
    const app = newApp();
    const cluster = newCluster(app);
    const made = rolled(
      { analysis: Analysis.prometheus({ ...ask, address: WORKSPACE, roleArn }) },
      {},
      newTenant({}, cluster),
    );
    expect(templateOf(made, 'success-rate').spec.metrics[0]!.provider).toEqual({
      prometheus: { address: WORKSPACE, query: ask.query, authentication: { sigv4: { region: 'eu-west-1', roleArn } } },
    });
    const config = JSON.stringify(synth(app).clusterConfig);
    expect(config).toContain('AmazonPrometheusQueryAccess');
  });

  const analysis = (more: object) => ({ analysis: Analysis.prometheus({ ...ask, ...more }) });
  test.each<[what: string, more: object, rule: string, field: string]>([
    ['no steps', { steps: undefined }, 'props/required', 'rollout.steps'],
    ['an empty list', { steps: [] }, 'props/invalid', 'rollout.steps'],
    ['steps that are no list', { steps: 20 }, 'props/type', 'rollout.steps'],
    ['a step that is none', { steps: [20] }, 'props/type', 'rollout.steps[0]'],
    ['an empty step', { steps: [{}] }, 'props/required', 'rollout.steps[0]'],
    ['two things in a step', { steps: [{ setWeight: 1, pause: '1m' }] }, 'props/forbidden', 'rollout.steps[0]'],
    [
      'an unknown key in a step',
      { steps: [{ setCanaryScale: {} }] },
      'props/unknown',
      'rollout.steps[0].setCanaryScale',
    ],
    ['a weight above 100', { steps: [{ setWeight: 101 }] }, 'props/invalid', 'rollout.steps[0].setWeight'],
    ['a pause of no time', { steps: [{ pause: 0 }] }, 'props/invalid', 'rollout.steps[0].pause'],
    ['an unknown word', { steps: [{ pause: 'forever' }] }, 'props/invalid', 'rollout.steps[0].pause'],
    ['an unknown key', { strategy: 'canary' }, 'props/unknown', 'rollout.strategy'],
    ['no pod that could be replaced', { maxSurge: 0 }, 'props/invalid', 'rollout'],
    ['a step that never ends', { steps: [analysis({})] }, 'props/required', 'rollout.steps[0].analysis'],
    ['what is no analysis', { analysis: ask }, 'props/type', 'rollout.analysis'],
    ['a list with what is none', { analysis: [ask] }, 'props/type', 'rollout.analysis[0]'],
    [
      'two analyses of one name',
      { analysis: [Analysis.prometheus(ask), Analysis.prometheus(ask)] },
      'props/duplicate',
      'rollout.analysis',
    ],
    ['an analysis without a name', analysis({ name: undefined }), 'props/required', 'rollout.analysis.name'],
    ['a long name', analysis({ name: 'a'.repeat(21) }), 'props/invalid', 'rollout.analysis.name'],
    ['no URL', analysis({ address: 'prometheus:9090' }), 'props/invalid', 'rollout.analysis.address'],
    ['no query', analysis({ query: '' }), 'props/type', 'rollout.analysis.query'],
    ['no condition', analysis({ success: undefined }), 'props/required', 'rollout.analysis.success'],
    ['a condition on nothing', analysis({ success: '>= 0.95' }), 'props/invalid', 'rollout.analysis.success'],
    ['no measurement', analysis({ count: 0 }), 'props/invalid', 'rollout.analysis.count'],
    ['an interval of no time', analysis({ interval: 0 }), 'props/invalid', 'rollout.analysis.interval'],
    ['a negative limit', analysis({ failureLimit: -1 }), 'props/invalid', 'rollout.analysis.failureLimit'],
    [
      'a role without a workspace',
      analysis({ roleArn: 'arn:aws:iam::111122223333:role/a' }),
      'props/forbidden',
      'rollout.analysis.roleArn',
    ],
    [
      'what is no role',
      analysis({ address: WORKSPACE, roleArn: 'query' }),
      'props/invalid',
      'rollout.analysis.roleArn',
    ],
    ['an unknown key of an analysis', analysis({ failures: 1 }), 'props/unknown', 'rollout.analysis.failures'],
  ])('or a canary with %s is refused', (_what, more, rule, field) => {
    expect(refusedBy(() => rolled(more))).toEqual([rule, field]);
  });
});

const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';
(CRDS_PRESENT ? test : test.skip)(`the definitions of Argo Rollouts take every object${why}`, () => {
  const definitions = definitionsIn(CRDS, ['argo-rollouts.yaml']);
  const shop = newTenant();
  const address = WORKSPACE;
  const once = Analysis.prometheus({ ...ask, name: 'once', address, count: 1, initialDelay: '1m', failureLimit: 2 });
  const asked = [{ setWeight: 10 }, { pause: '1m' }, { analysis: once }, { pause: 'until-promoted' }];
  rolled({ steps: asked, analysis: [Analysis.prometheus(ask), once], paused: true, minReady: '5s' }, {}, shop);
  worker({ rollout: canary({ maxSurge: '50%', maxUnavailable: 1 }), replicas: { min: 1, max: 3 } }, shop);
  const written = synth(shop.node.root as EksApp).manifests.filter(({ apiVersion }) =>
    apiVersion.startsWith('argoproj'),
  );
  expect(written.map(({ kind }) => kind).sort()).toEqual([
    'AnalysisTemplate',
    'AnalysisTemplate',
    'Rollout',
    'Rollout',
  ]);
  expect(written.flatMap((manifest) => customResourceErrors(definitions, manifest))).toEqual([]);
});
