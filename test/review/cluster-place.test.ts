import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { clusterSide } from '../../review/cluster-side';
import { loadInventory } from '../../review/load';
import { runRules } from '../../review/review';

const config = ClusterConfig.parse(
  JSON.stringify({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
    addons: [{ name: 'vpc-cni', configurationValues: '{"enableNetworkPolicy":"true"}' }],
  }),
);
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

test('a finding about a field of the ClusterConfig is in its file', () => {
  const file = { path: 'dist/cluster/prod.yaml', index: 0, line: 1 };
  const inventory = loadInventory([{ value: policy, origin: {} }]);
  const found = runRules({ inventory, cluster: clusterSide(config, { file }) });
  expect(found.find(({ rule }) => rule === 'security/policies-fail-open')).toMatchObject({
    field: 'addons[0].configurationValues',
    file,
  });
});
