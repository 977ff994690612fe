import { ClusterConfig } from '../eksctl/schema/cluster-config';
import { ConfigError } from '../eksctl/schema/config-error';
import type { Finding } from '../kube/finding';
import type { Inventory } from '../kube/inventory';
import type { ClusterSide } from '../review/cluster-side';
import { simulatedClusterSide } from '../review/simulated-cluster-side';
import type { ConfigSource } from './load-set';

/** A ClusterConfig as the rules of eksctl see it. */
export interface CheckedConfig {
  readonly findings: readonly Finding[];
  /** undefined where it cannot be read. */
  readonly cluster: ClusterSide | undefined;
}

/** Checks a ClusterConfig; findings have its file. The inventory is what its nodes have to take. */
export function checkConfig({ text, origin: { file } }: ConfigSource, inventory: Inventory): CheckedConfig {
  const placed = (findings: readonly Finding[]) =>
    findings.map((finding) => ({ ...finding, ...(file ? { file: { ...file } } : {}) }));
  try {
    const config = ClusterConfig.parse(text);
    const cluster = { ...simulatedClusterSide(config, inventory), checked: true, ...(file ? { file } : {}) };
    return { findings: placed(ClusterConfig.check(config)), cluster };
  } catch (e) {
    if (!(e instanceof ConfigError)) {
      throw e;
    }
    return { findings: placed(e.findings), cluster: undefined };
  }
}
