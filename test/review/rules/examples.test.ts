import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { loadInventory } from '../../../review/load';
import { readManifests } from '../../../review/read-manifests';
import { review } from '../../../review/review';
import { RULES } from '../../../review/rules';
import { simulatedClusterSide } from '../../../review/simulated-cluster-side';

/** The ids of the rules that manifests break; a ClusterConfig among them is the cluster. */
function broken(yaml: string): string[] {
  const { documents, clusterConfigs, findings } = readManifests(yaml, 'example.yaml');
  expect(findings).toEqual([]);
  const [config] = clusterConfigs;
  const inventory = loadInventory(documents);
  const cluster = config && simulatedClusterSide(parseClusterConfig(stringifyDocuments([config.value])), inventory);
  return review({ inventory, ...(cluster ? { cluster } : {}) }).map(({ rule }) => rule);
}

test.each(RULES.map((rule) => [rule.id, rule] as const))(
  '%s: its example breaks it, its counterexample does not',
  (id, rule) => {
    expect(rule.why).toMatch(/\.$/);
    expect(broken(rule.bad)).toContain(id);
    expect(broken(rule.good)).not.toContain(id);
  },
);
