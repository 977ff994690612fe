import type { Finding } from '../../eksctl/finding';
import { checkClusterConfig } from '../../eksctl/rules/check-config';
import { ConfigError } from '../../eksctl/schema/config-error';
import { parseClusterConfig } from '../../eksctl/schema/parse';
import { shapeFindings } from '../../eksctl/schema/shape-findings';
import type { ClusterConfig } from '../../eksctl/types';
import type { JsonObject } from './generator/template';
import { isByAws } from './rule-ids';

/** What this library says to a ClusterConfig. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** Whether one of them is an error that is eksctl's own; what only AWS refuses eksctl lets pass. */
  readonly refuses: boolean;
}

/** Shape and rules. The rules are asked too where eksctl overlooks what is wrong with the shape, as it then goes on. */
export function judge(config: JsonObject): Judgement {
  const shape = judgementOf(shapeFindings(config));
  return shape.refuses
    ? shape
    : judgementOf([...shape.findings, ...checkClusterConfig(config as unknown as ClusterConfig)]);
}

/** The same of the text of a file. */
export function judgeText(yaml: string): Judgement {
  try {
    return judge(parseClusterConfig(yaml) as unknown as JsonObject);
  } catch (e) {
    if (e instanceof ConfigError) {
      return judgementOf(e.findings);
    }
    throw e;
  }
}

function judgementOf(findings: readonly Finding[]): Judgement {
  return { findings, refuses: findings.some(({ rule, severity }) => severity === 'error' && !isByAws(rule)) };
}
