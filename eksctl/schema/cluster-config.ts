import type { Finding } from '../finding';
import { checkClusterConfig } from '../rules/check-config';
import type { ClusterConfig as Config } from '../types';
import { parseClusterConfig } from './parse';
import { shapeFindings } from './shape-findings';
import { stripInvalid } from './strip-invalid';

/** eksctl's ClusterConfig, every section in eksctl's own spelling. */
export type ClusterConfig = Config;

/** Reads and checks ClusterConfigs, also those that this library did not make. */
export const ClusterConfig = {
  /**
   * Reads a file as eksctl reads it. Throws one `ConfigError` with every key, type and duplicate that eksctl would refuse
   * or drop; what the values mean is not checked, see `check`.
   */
  parse(text: string): ClusterConfig {
    return parseClusterConfig(text);
  },

  /** All that eksctl or AWS would refuse and that can be told without AWS, and what is seldom meant; empty when all is well. */
  check(config: ClusterConfig): Finding[] {
    const shape = shapeFindings(config);
    if (shape.length === 0) {
      return checkClusterConfig(config);
    }
    if (shape.some(({ field }) => field === undefined || field === 'metadata')) {
      return shape;
    }
    // the rules read values, and must find them of the right type; what they say of the gaps is said already
    const places = shape.map(({ field = '' }) => field);
    const rest = stripInvalid(config, new Set(places)) as Config;
    const said = (path: string) => places.some((place) => path.startsWith(place) || place.startsWith(path));
    return [...shape, ...checkClusterConfig(rest).filter(({ field = '' }) => !said(field))];
  },
} as const;
