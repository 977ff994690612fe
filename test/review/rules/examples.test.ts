import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { clusterSide } from '../../../review/cluster-side';
import { loadInventory } from '../../../review/load';
import { readManifests } from '../../../review/read-manifests';
import { review } from '../../../review/review';
import { RULES } from '../../../review/rules';

/** The ids of the rules that manifests break; a ClusterConfig among them is the cluster. */
function broken(yaml: string): string[] {
  const { documents, clusterConfigs, findings } = readManifests(yaml, 'example.yaml');
  expect(findings).toEqual([]);
  const [config] = clusterConfigs;
  const cluster = config && clusterSide(parseClusterConfig(stringifyDocuments([config.value])));
  return review({ inventory: loadInventory(documents), ...(cluster ? { cluster } : {}) }).map(({ rule }) => rule);
}

const withExamples = RULES.filter(({ bad }) => bad !== undefined);

test.each(withExamples.map((rule) => [rule.id, rule] as const))(
  '%s: its example breaks it, its counterexample does not',
  (id, rule) => {
    expect(rule.why).toMatch(/\.$/);
    expect(broken(rule.bad!)).toContain(id);
    expect(broken(rule.good!)).not.toContain(id);
  },
);
