import { ClusterConfig } from 'cdk8s-eks-patterns/eksctl';
import { type CustomRule, clusterSide, Inventory, inventoryObject, RULES, review } from 'cdk8s-eks-patterns/review';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { serviceAccountName: 'b', nodeSelector: { disk: 'ssd' }, containers: [{ name: 'a', image: 'a:1' }] },
};
const inventory = new Inventory([inventoryObject(pod, { file: { path: 'pod.yaml', index: 0 } })]);
const rulesOf = (...args: Parameters<typeof review>) => review(...args).map(({ rule }) => rule);
const serviceAccount = { kind: 'ServiceAccount', namespace: 'default', name: 'b' };

test('objects are reviewed without a cluster', () => {
  expect(review({ inventory })).toMatchObject([{ rule: 'references/missing', file: { path: 'pod.yaml' } }]);
  expect(review({ inventory, existing: [serviceAccount] })).toEqual([]);
});

test('and with the cluster of a ClusterConfig', () => {
  const config = ClusterConfig.parse(`
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: { name: prod, region: us-west-2 }
    managedNodeGroups: [{ name: workers, instanceType: m5.large }]
  `);
  expect(rulesOf({ inventory, existing: [serviceAccount], cluster: clusterSide(config) })).toEqual([
    'placement/unschedulable',
  ]);
});

test('by the rules of the library, fewer or more', () => {
  const own: CustomRule = {
    id: 'own/owner',
    title: 'Every object has an owner.',
    severity: 'warning',
    check: ({ inventory: { objects } }, report) => {
      for (const object of objects.filter(({ manifest }) => !manifest.metadata.labels?.owner)) {
        report(object, { message: 'the label owner is required', fix: 'set metadata.labels.owner' });
      }
    },
  };
  expect(rulesOf({ inventory }, [...RULES, own])).toEqual(['references/missing', 'own/owner']);
  expect(rulesOf({ inventory }, [])).toEqual([]);
});
