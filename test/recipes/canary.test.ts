import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'canary')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const rangesOf = (name: string): Manifest =>
  find('NetworkPolicy', name).spec.ingress.find(({ from }: Manifest) => from[0].ipBlock);

describe('by weights of a load balancer', () => {
  test('a fifth of the requests, and a fifth of the pods, are of the new version', () => {
    const { metadata, spec } = find('Ingress', 'web');
    const { backend } = spec.rules[0].http.paths[0];
    expect(backend.service.port).toEqual({ name: 'use-annotation' });
    const action = JSON.parse(metadata.annotations[`alb.ingress.kubernetes.io/actions.${backend.service.name}`]);
    expect(action.forwardConfig.targetGroups).toMatchObject([
      { serviceName: 'web', weight: 80 },
      { serviceName: 'web-canary', weight: 20 },
    ]);
    const replicas = ['web', 'web-canary'].map((name) => find('Deployment', name).spec.replicas);
    expect(replicas).toEqual([8, 2]);
  });

  test('the load balancer reaches both, and both stop when it has let go of them', () => {
    expect(rangesOf('web').from.length).toBeGreaterThan(0);
    expect(rangesOf('web-canary')).toEqual(rangesOf('web'));
    expect(find('Namespace', 'shop').metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject']).toBe('enabled');
    for (const name of ['web', 'web-canary']) {
      const [container] = find('Deployment', name).spec.template.spec.containers;
      expect(container.lifecycle.preStop.sleep.seconds).toBeGreaterThanOrEqual(15);
    }
  });

  test('both call what web calls', () => {
    const callers = find('NetworkPolicy', 'orders').spec.ingress.flatMap(({ from }: Manifest) =>
      from.map(({ podSelector }: Manifest) => podSelector?.matchLabels['app.kubernetes.io/name']),
    );
    expect(callers).toEqual(expect.arrayContaining(['web', 'web-canary']));
  });
});

describe('by Argo Rollouts', () => {
  const { spec } = find('Rollout', 'orders');
  const [metric] = find('AnalysisTemplate', 'orders-errors').spec.metrics;

  test('a version that fails is taken back without anybody, and one that never becomes ready too', () => {
    const { analysis, steps } = spec.strategy.canary;
    expect(analysis).toEqual({ startingStep: 1, templates: [{ templateName: 'orders-errors' }] });
    expect(steps.map(({ setWeight }: Manifest) => setWeight).filter(Boolean)).toEqual([20, 50]);
    expect(spec).toMatchObject({ progressDeadlineAbort: true, progressDeadlineSeconds: 600 });
  });

  test('the question is about the new version alone, by the label that its pods write', () => {
    const [container] = spec.template.spec.containers;
    const { VERSION } = find('ConfigMap', container.envFrom[0].configMapRef.name).data;
    expect(container.image.endsWith(`:${VERSION}`)).toBe(true);
    const asked = [...metric.provider.prometheus.query.matchAll(/version="([^"]+)"/g)].map(([, version]) => version);
    expect(asked).toEqual([VERSION, VERSION]);
  });

  test('no errors are the answer 0, and no requests are no answer', () => {
    const { query } = metric.provider.prometheus;
    expect(query).toMatch(/^\(sum\(.*code=~"5\.\.".*\) or vector\(0\)\) \/ \(sum\(.*\) > 0\)$/);
    expect(metric).toMatchObject({ successCondition: 'result[0] < 0.05', failureLimit: 1, consecutiveErrorLimit: 4 });
  });

  test('measurements begin with the first requests, and before the last step ends', () => {
    const pauses = spec.strategy.canary.steps.flatMap(({ pause }: Manifest) => pause?.duration ?? []);
    expect(Number.parseInt(metric.initialDelay, 10)).toBeLessThan(pauses[0]);
  });

  test('the Rollout alone runs the pods, and the autoscaler changes it', () => {
    expect(find('Deployment', 'orders')).toBeUndefined();
    expect(find('HorizontalPodAutoscaler', 'orders').spec.scaleTargetRef).toMatchObject({
      kind: 'Rollout',
      name: 'orders',
    });
    const steps = fs.readFileSync(path.join(REPOSITORY, program.dist, 'cluster', 'prod.md'), 'utf8');
    expect(steps).toContain('argo-rollouts');
  });
});
