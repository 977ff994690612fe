import { newApp, newCluster, newTenant, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const specOf = (rollout: object) => web({ rollout }).deployment.toJson().spec;

describe('a rollout', () => {
  test('takes the other fields of a Deployment', () => {
    expect(specOf({ minReady: '20s', revisionHistory: 0, paused: true })).toMatchObject({
      minReadySeconds: 20,
      revisionHistoryLimit: 0,
      paused: true,
    });
    const spec = specOf({ paused: false });
    expect(spec).toMatchObject({ revisionHistoryLimit: 3, progressDeadlineSeconds: 600 });
    expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['paused']));
    expect(spec.minReadySeconds).toBeUndefined();
  });

  test.each([
    [{ paused: 'yes' }, 'props/type', 'rollout.paused'],
    [{ revisionHistory: -1 }, 'props/invalid', 'rollout.revisionHistory'],
    [{ minReady: '10m' }, 'props/invalid', 'rollout.minReady'],
    [{ minReady: '1m', deadline: '1m' }, 'props/invalid', 'rollout.minReady'],
  ])('refuses %j', (rollout, rule, field) => {
    expect(refusedBy(() => web({ rollout }))).toEqual([rule, field]);
  });
});

describe('a parked service', () => {
  test.each([[undefined], [{ maxUnavailable: 1 }], [{ minAvailable: 1 }]])(
    'has no pods and no budget: %j',
    (disruption) => {
      const app = newApp();
      const parked = web({ replicas: 0, disruption }, newTenant({}, newCluster(app)));
      expect(parked.deployment.toJson().spec.replicas).toBe(0);
      expect([parked.disruptionBudget, parked.autoscaler, parked.scaledObject]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(findingsOf(() => app)).toEqual([]);
    },
  );
});
