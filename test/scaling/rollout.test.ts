import { appOf, newApp, newAutoCluster, newTenant, synth, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';

const PATTERNS = { WebService: web, Worker: worker } as const;

describe.each(Object.keys(PATTERNS) as (keyof typeof PATTERNS)[])('a %s', (name) => {
  const spec = (props: Readonly<Record<string, unknown>>) => PATTERNS[name](props).deployment.toJson().spec;

  test.each([
    [{ minReady: '30s' }, { minReadySeconds: 30 }],
    [{ minReady: 599 }, { minReadySeconds: 599 }],
    [
      { minReady: '15m', deadline: '20m' },
      { minReadySeconds: 900, progressDeadlineSeconds: 1200 },
    ],
    [{ revisionHistory: 0 }, { revisionHistoryLimit: 0 }],
    [{ revisionHistory: 10 }, { revisionHistoryLimit: 10 }],
    [{ paused: true }, { paused: true }],
    [
      { strategy: 'recreate', minReady: 5 },
      { strategy: { type: 'Recreate' }, minReadySeconds: 5 },
    ],
  ])('takes %j', (rollout, expected) => {
    expect(spec({ rollout })).toMatchObject(expected);
  });

  test('has neither field by default', () => {
    expect(Object.keys(spec({ rollout: { paused: false, minReady: 0 } }))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/paused|minReady/)]),
    );
  });

  test.each([
    ['rollout.minReady', { minReady: '10m' }, 'invalid'],
    ['rollout.minReady', { minReady: 60, deadline: 60 }, 'invalid'],
    ['rollout.minReady', { minReady: -1 }, 'invalid'],
    ['rollout.minReady', { minReady: 1.5 }, 'invalid'],
    ['rollout.minReady', { minReady: 'soon' }, 'invalid'],
    ['rollout.revisionHistory', { revisionHistory: -1 }, 'invalid'],
    ['rollout.revisionHistory', { revisionHistory: 2 ** 31 }, 'invalid'],
    ['rollout.revisionHistory', { revisionHistory: '3' }, 'type'],
    ['rollout.paused', { paused: 'yes' }, 'type'],
    ['rollout.maxSurge', { strategy: 'recreate', maxSurge: 1 }, 'forbidden'],
    ['rollout.maxUnavailable', { strategy: 'recreate', maxUnavailable: 0 }, 'forbidden'],
    ['rollout.pause', { pause: true }, 'unknown'],
  ])('refuses %s of %j', (field, rollout, rule) => {
    expect(refusedBy(() => spec({ rollout }))).toEqual([`props/${rule}`, field]);
  });

  test('is parked with 0 replicas: no budget and no autoscaler, whatever the props say', () => {
    const parked = PATTERNS[name]({ replicas: 0, disruption: { minAvailable: 2 } });
    expect(parked.deployment.toJson().spec.replicas).toBe(0);
    expect([parked.disruptionBudget, parked.autoscaler, parked.scaledObject]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each([-1, 0.5])('refuses %p replicas', (replicas) => {
    expect(refusedBy(() => spec({ replicas }))).toEqual(['props/invalid', 'replicas']);
  });
});

test('a parked service keeps its Service, and its output has no warning', () => {
  const shop = newTenant({}, newAutoCluster(newApp(), { publicAccessCIDRs: ['203.0.113.0/24'] }));
  web({ replicas: 0 }, shop);
  const { manifests, warnings } = synth(appOf(shop));
  expect(manifests.filter(({ metadata }) => metadata.name === 'web').map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['Service', 'Deployment', 'NetworkPolicy']),
  );
  expect(warnings).toEqual([]);
});

describe('the quota of the tenant', () => {
  const pods = (props: Readonly<Record<string, unknown>>) => {
    const shop = newTenant();
    web(props, shop);
    const quota = synth(appOf(shop)).manifests.find(({ kind }) => kind === 'ResourceQuota')!;
    return Number(quota.spec.hard.pods);
  };

  test.each([
    ['the default surge', { replicas: 4 }, 4 + 1],
    ['a surge by number', { replicas: 4, rollout: { maxSurge: 3 } }, 4 + 3],
    ['a surge by percentage, rounded up', { replicas: 3, rollout: { maxSurge: '50%' } }, 3 + 2],
    ['no surge', { replicas: 4, rollout: { maxSurge: 0, maxUnavailable: 1 } }, 4],
    ['recreate', { replicas: 4, rollout: { strategy: 'recreate' } }, 4],
    ['a surge above the replicas, which never comes', { replicas: 2, rollout: { maxSurge: 9 } }, 2 + 2],
    ['a parked service, which can be started by hand', { replicas: 0, rollout: { maxSurge: 3 } }, 1 + 1],
    ['the maximum of an autoscaler', { replicas: { min: 2, max: 8 } }, 8 + 2],
  ])('follows %s', (_, props, most) => {
    // old pods still count while they end
    expect(pods(props)).toBe(2 * most);
  });
});
