import type { Workload } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  containerOf,
  existingCluster,
  IMAGE,
  job,
  newApp,
  newTenant,
  podOf,
  podProps,
  scheduled,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const resize = (policy: unknown) => ({ resources: { ...podProps.resources, resize: policy } });

describe('recommendations', () => {
  test.each<[string, (props: { readonly verticalPodAutoscaler: string }) => Workload, string, string]>([
    ['web', web, 'apps/v1', 'Deployment'],
    ['worker', worker, 'apps/v1', 'Deployment'],
    ['store', stateful, 'apps/v1', 'StatefulSet'],
    ['agent', agent, 'apps/v1', 'DaemonSet'],
    ['nightly', scheduled, 'batch/v1', 'CronJob'],
  ])('for %s change no pod', (name, make, apiVersion, kind) => {
    expect(make({ verticalPodAutoscaler: 'recommend' }).verticalPodAutoscaler!.toJson().spec).toEqual({
      targetRef: { apiVersion, kind, name },
      updatePolicy: { updateMode: 'Off' },
    });
  });

  test('need the Vertical Pod Autoscaler, and stand beside an autoscaler of replicas', () => {
    const shop = newTenant();
    web({ verticalPodAutoscaler: 'recommend', replicas: { min: 2, max: 4 } }, shop);
    const { steps, warnings } = synth(appOf(shop));
    expect(steps).toContain('helm upgrade --install vpa');
    expect(warnings.filter((warning) => warning.includes('vertical'))).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['a BatchJob', () => job({ verticalPodAutoscaler: 'recommend' }), 'forbidden'],
    ['another mode', () => web({ verticalPodAutoscaler: 'Auto' }), 'unsupported'],
    ['true', () => web({ verticalPodAutoscaler: true }), 'unsupported'],
  ])('of %s are refused', (_, program, rule) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, 'verticalPodAutoscaler']);
  });
});

describe('a resize of a running pod', () => {
  test.each([
    [{ memory: 'RestartContainer' }, [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }]],
    [
      { cpu: 'NotRequired', memory: 'RestartContainer' },
      [
        { resourceName: 'cpu', restartPolicy: 'NotRequired' },
        { resourceName: 'memory', restartPolicy: 'RestartContainer' },
      ],
    ],
    [{}, undefined],
    [undefined, undefined],
  ])('has the policy %j', (policy, expected) => {
    expect(containerOf(web(resize(policy))).resizePolicy).toEqual(expected);
  });

  test('can be set for a tenant; a job takes what restarts nothing', () => {
    const shop = newTenant({ defaults: { resources: { cpu: '1', memory: '1Gi', resize: { cpu: 'NotRequired' } } } });
    expect(containerOf(job({ resources: undefined }, shop)).resizePolicy).toHaveLength(1);
  });

  test('is the same prop of a sidecar, and is left out of init containers that have it from the defaults', () => {
    const policy = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];
    const own = { ...podProps.resources, resize: { memory: 'RestartContainer' } } as const;
    const shop = newTenant({ defaults: { resources: own } });
    const containers = {
      sidecars: [{ name: 'log', image: IMAGE, user: 1 }],
      initContainers: [{ name: 'prepare', image: IMAGE, user: 1 }],
    };
    const { initContainers = [] } = podOf(web({ resources: undefined, ...containers }, shop)).spec;
    expect(initContainers.map(({ name, resizePolicy }) => [name, resizePolicy]).sort()).toEqual([
      ['log', policy],
      ['prepare', undefined],
    ]);
    const given = { name: 'prepare', image: IMAGE, user: 1, resources: own };
    expect(refusedBy(() => web({ initContainers: [given] }))).toEqual([
      'props/forbidden',
      'initContainers[0].resources.resize',
    ]);
    expect(refusedBy(() => job({ sidecars: [given] }))).toEqual([
      'props/forbidden',
      'sidecars[0].resources.resize.memory',
    ]);
  });

  test.each<[string, () => unknown, string, string]>([
    ['a job that would restart', () => job(resize({ cpu: 'RestartContainer' })), 'forbidden', '.cpu'],
    ['another policy', () => web(resize({ memory: 'Restart' })), 'unsupported', '.memory'],
    ['another resource', () => web(resize({ disk: 'NotRequired' })), 'unknown', '.disk'],
    ['a string', () => web(resize('NotRequired')), 'type', ''],
  ])('of %s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, `resources.resize${field}`]);
  });

  test.each(['1.32', '1.33'] as const)('asks for a version that has it, not for %s below 1.33', (version) => {
    const shop = newTenant({}, existingCluster(newApp(), { version, features: ['network-policy'] }));
    web(resize({ memory: 'RestartContainer' }), shop);
    const errors = findingsOf(() => appOf(shop)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual(
      version === '1.32' ? [expect.stringContaining('cannot resize pods in place')] : [],
    );
  });
});
