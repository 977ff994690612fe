import { ScaleTrigger } from 'cdk8s-eks-patterns';
import { appOf, existingCluster, newApp, newCluster, newTenant, synth, web, worker } from '../support/app';

const scaleDown = {
  stabilizationWindowSeconds: 300,
  policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
};
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('by utilization', () => {
  const api = (replicas: object) => web({ replicas });
  const metrics = (replicas: object) =>
    api(replicas)
      .autoscaler!.toJson()
      .spec!.metrics!.map((m) => [m.resource!.name, m.resource!.target.type, m.resource!.target.averageUtilization]);

  test('the Deployment has no number of its own, which every apply would bring back', () => {
    const { spec } = api({ min: 3, max: 10 }).deployment.toJson();
    expect('replicas' in spec).toBe(false);
  });

  test('the autoscaler has bounds, a target and patience', () => {
    const { spec } = api({ min: 3, max: 10 }).autoscaler!.toJson();
    expect(spec).toMatchObject({ scaleTargetRef: target, minReplicas: 3, maxReplicas: 10, behavior: { scaleDown } });
  });

  test('CPU at 70 % by default', () => {
    expect(metrics({ min: 1, max: 2 })).toEqual([['cpu', 'Utilization', 70]]);
    expect(metrics({ min: 1, max: 2, cpuUtilization: 50 })).toEqual([['cpu', 'Utilization', 50]]);
    expect(metrics({ min: 1, max: 2, memoryUtilization: 80 })).toEqual([['memory', 'Utilization', 80]]);
    expect(metrics({ min: 1, max: 2, cpuUtilization: 60, memoryUtilization: 80 })).toEqual([
      ['cpu', 'Utilization', 60],
      ['memory', 'Utilization', 80],
    ]);
  });

  test('a cluster that is made gets metrics-server, one that lacks it is refused', () => {
    const shop = newTenant();
    web({ replicas: { min: 1, max: 2 } }, shop);
    const addons = synth(appOf(shop)).clusterConfig!.addons as { name: string }[];
    expect(addons.map(({ name }) => name)).toContain('metrics-server');
    const other = newTenant({}, existingCluster(newApp(), { features: ['network-policy'] }));
    web({ replicas: { min: 1, max: 2 } }, other);
    expect(() => synth(appOf(other))).toThrow(/prod\/shop\/web.*lacks the feature 'metrics'/);
  });
});

describe('by events', () => {
  const sqs = ScaleTrigger.sqs({
    queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/mail',
    messagesPerReplica: 5,
  });
  const window = ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Europe/Berlin', replicas: 4 });

  test('KEDA gets the bounds and the triggers, and there is no HorizontalPodAutoscaler', () => {
    const mail = worker({ replicas: { min: 0, max: 10, triggers: [sqs, window] } });
    expect(mail.autoscaler).toBeUndefined();
    expect(mail.deployment.toJson().spec.replicas).toBeUndefined();
    expect(mail.scaledObject!.toJson().spec).toEqual({
      scaleTargetRef: { ...target, name: 'worker' },
      minReplicaCount: 0,
      maxReplicaCount: 10,
      advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown } } },
      triggers: [
        {
          type: 'aws-sqs-queue',
          metadata: {
            queueURL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/mail',
            queueLength: '5',
            identityOwner: 'operator',
            awsRegion: 'eu-west-1',
          },
        },
        {
          type: 'cron',
          metadata: { start: '0 8 * * *', end: '0 18 * * *', timezone: 'Europe/Berlin', desiredReplicas: '4' },
        },
      ],
    });
  });

  test('a queue without a region in its address is asked in the region of the cluster', () => {
    const own = ScaleTrigger.sqs({ queueUrl: 'http://queue/mail', messagesPerReplica: 1 });
    const mail = worker({ replicas: { min: 1, max: 2, triggers: [own] } });
    expect(mail.scaledObject!.toJson().spec.triggers[0]!.metadata.awsRegion).toBe('us-west-2');
  });

  test('a trigger has its metric type and its credentials, and a window at most max replicas', () => {
    const kafka = ScaleTrigger.keda(
      'kafka',
      { topic: 'orders' },
      { metricType: 'Value', authenticationRef: { name: 'kafka' } },
    );
    const made = worker({ replicas: { min: 1, max: 2, triggers: [kafka] } });
    expect(made.scaledObject!.toJson().spec.triggers).toEqual([
      { type: 'kafka', metadata: { topic: 'orders' }, metricType: 'Value', authenticationRef: { name: 'kafka' } },
    ]);
    expect(() => worker({ replicas: { min: 0, max: 3, triggers: [window] } })).toThrow(/at most replicas.max \(3\)/);
  });
  test('utilization joins the triggers when it is asked for, and only then', () => {
    const keda = ScaleTrigger.keda('kafka', { topic: 'orders' });
    const types = (more: object) =>
      worker({ replicas: { min: 1, max: 2, triggers: [keda], ...more } })
        .scaledObject!.toJson()
        .spec.triggers.map((t) => [t.type, t.metricType, t.metadata]);
    expect(types({})).toEqual([['kafka', undefined, { topic: 'orders' }]]);
    expect(types({ cpuUtilization: 60 })).toEqual([
      ['cpu', 'Utilization', { value: '60' }],
      ['kafka', undefined, { topic: 'orders' }],
    ]);
  });

  test("KEDA's own role may look at queues, once for all workloads", () => {
    const shop = newTenant();
    worker({ replicas: { min: 0, max: 2, triggers: [sqs] } }, shop);
    worker({ replicas: { min: 0, max: 2, triggers: [sqs] } }, shop, 'other');
    const { clusterConfig, steps } = synth(appOf(shop));
    const associations = clusterConfig!.iam.podIdentityAssociations as { serviceAccountName: string }[];
    expect(associations.filter((a) => a.serviceAccountName === 'keda-operator')).toEqual([
      {
        namespace: 'keda',
        serviceAccountName: 'keda-operator',
        createServiceAccount: false,
        permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
      },
    ]);
    expect(steps).toMatch(/keda/i);
  });
});

describe('budgets', () => {
  const budget = (props: object) => web({ ...props }).disruptionBudget?.toJson().spec;

  test('one pod may be missing, also one that is broken', () => {
    expect(budget({})).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('none for what never has more than one pod; what can have several needs it then', () => {
    expect(budget({ replicas: 1 })).toBeUndefined();
    expect(budget({ replicas: { min: 1, max: 1 } })).toBeUndefined();
    expect(budget({ replicas: { min: 1, max: 5 } })).toMatchObject({ maxUnavailable: 1 });
    expect(budget({ replicas: { min: 2, max: 5 } })).toMatchObject({ maxUnavailable: 1 });
    expect(budget({ replicas: 3, disruption: 'none' })).toBeUndefined();
  });

  test.each([
    [{ maxUnavailable: '25%' }, { maxUnavailable: '25%' }],
    [{ minAvailable: 2 }, { minAvailable: 2 }],
    [{ minAvailable: '50%' }, { minAvailable: '50%' }],
  ])('%j is kept as written', (disruption, expected) => {
    const spec = budget({ replicas: 3, disruption })!;
    expect(spec).toMatchObject(expected);
    expect([spec.maxUnavailable, spec.minAvailable].filter((v) => v !== undefined)).toHaveLength(1);
  });

  test('and rollouts can be set once, for a tenant or the app; the nearest wins as a whole', () => {
    const app = newApp({ defaults: { disruption: 'none', rollout: { maxSurge: 2 } } });
    const shop = newTenant({ defaults: { rollout: { deadline: '5m' } } }, newCluster(app));
    const [given, own] = [web({}, shop), web({ disruption: { maxUnavailable: 1 } }, shop, 'own')];
    expect([given.disruptionBudget, own.disruptionBudget?.name]).toEqual([undefined, 'own']);
    expect(given.deployment.toJson().spec).toMatchObject({
      progressDeadlineSeconds: 300,
      strategy: { rollingUpdate: { maxSurge: '25%' } },
    });
  });
});

describe('rollouts', () => {
  const strategy = (rollout: object) => web({ rollout }).deployment.toJson().spec.strategy;

  test('have the given bounds', () => {
    expect(strategy({ maxUnavailable: '50%', maxSurge: 0 })).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '50%', maxSurge: 0 },
    });
  });

  test("with 'recreate' stop the old version first, without bounds", () => {
    expect(strategy({ strategy: 'recreate' })).toEqual({ type: 'Recreate' });
  });
});
