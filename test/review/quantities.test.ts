import { Check } from '../../charts/core/check';
import { Inventory, inventoryObject } from '../../kube/inventory';
import { clusterSide } from '../../review/cluster-side';
import { review } from '../../review/review';
import { refusal } from '../support/app';

const CONFIG = {
  apiVersion: 'eksctl.io/v1alpha5',
  kind: 'ClusterConfig',
  metadata: { name: 'prod', region: 'us-west-2' },
};

function reviewed(cpu: unknown) {
  const resources = { requests: { cpu, memory: '1Gi' } };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'raw', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'raw:1.0.0', resources }] },
  };
  let asked = 0;
  const cluster = clusterSide(CONFIG as Parameters<typeof clusterSide>[0], {
    capacity: () => {
      asked++;
      throw new RangeError('the simulator was asked');
    },
  });
  const inventory = new Inventory([inventoryObject(pod, { file: { path: 'raw.yaml' } })]);
  const run = () => review({ inventory, existing: [], cluster });
  return { run, asked: () => asked };
}

test('an invalid amount is a finding about its field, and no capacity is computed from it', () => {
  const { run, asked } = reviewed('half');
  const found = run().filter(({ rule }) => rule === 'quantities/invalid' || rule.startsWith('capacity/'));
  expect(found).toMatchObject([
    {
      rule: 'quantities/invalid',
      severity: 'error',
      field: 'spec.containers[0].resources.requests.cpu',
      object: { kind: 'Pod', namespace: 'default', name: 'raw' },
      file: { path: 'raw.yaml' },
    },
  ]);
  expect(asked()).toBe(0);
});

test('with valid amounts capacity is computed', () => {
  const { run, asked } = reviewed('.5');
  expect(run).toThrow(RangeError);
  expect(asked()).toBe(1);
});

test.each(['0', '-1', '-0.5', '1GB', '', 'k'])('%j is not an amount of a prop', (amount) => {
  const check = new Check('prod/shop/web');
  expect(refusal(() => check.quantity('resources.cpu', amount, '250m'))).toContain('[props/invalid]');
});

test.each(['.5', '1e3', '+1', '100n'])('%j is an amount of a prop', (amount) => {
  expect(new Check('prod/shop/web').quantity('resources.cpu', amount, '250m')).toBeGreaterThan(0n);
});
