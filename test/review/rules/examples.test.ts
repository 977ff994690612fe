import { review } from '../../../review/review';
import { RULES } from '../../../review/rules';
import { simulatedClusterSide } from '../../../review/simulated-cluster-side';
import { setOf } from './support';

/** The ids of the rules that manifests break; a ClusterConfig among them is the cluster. */
function broken(yaml: string): string[] {
  const { inventory, config } = setOf(yaml);
  const cluster = config && simulatedClusterSide(config, inventory);
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
