import type { Finding } from '../finding';
import { checkClusterConfig } from '../rules/check-config';
import type { ClusterConfig as Config } from '../types';
import { parseClusterConfig } from './parse';
import { shapeFindings } from './shape-findings';
import { stripInvalid } from './strip-invalid';

/** eksctl's ClusterConfig, with eksctl's own names. */
export type ClusterConfig = Config;

/** Reads and checks ClusterConfigs, also those written by hand. */
export const ClusterConfig = {
  /**
   * Reads a file as eksctl reads it. Throws one `ConfigError` with every unknown key, wrong type and duplicate that eksctl
   * would refuse or ignore. Does not check values, see `check`.
   */
  parse(text: string): ClusterConfig {
    return parseClusterConfig(text);
  },

  /** Everything that eksctl or AWS would refuse, as far as it can be decided without AWS, and warnings about what is rarely intended. Empty if there is nothing to report. */
  check(config: ClusterConfig): Finding[] {
    const shape = shapeFindings(config);
    if (shape.length === 0) {
      return checkClusterConfig(config);
    }
    if (shape.some(({ field }) => field === undefined || field === 'metadata')) {
      return shape;
    }
    // the rules rely on the right types; what they report about removed values is a consequence of the shape findings
    const places = shape.map(({ field = '' }) => field);
    const rest = stripInvalid(config, new Set(places)) as Config;
    const reported = (path: string) => places.some((place) => path.startsWith(place) || place.startsWith(path));
    return [...shape, ...checkClusterConfig(rest).filter(({ field = '' }) => !reported(field))];
  },
} as const;
