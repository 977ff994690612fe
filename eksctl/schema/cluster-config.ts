import type { Finding } from '../finding';
import type { ClusterConfig as Config } from '../types';
import { checkAll } from './check-all';
import { checkClusterConfigText, parseClusterConfig } from './parse';

/** eksctl's ClusterConfig, with eksctl's own names. */
export type ClusterConfig = Config;

/** Reads and checks ClusterConfigs, also those written by hand. */
export const ClusterConfig = {
  /**
   * Reads a file as eksctl reads it. Throws one `ConfigError` if there is an unknown key, a wrong type, a duplicate or a
   * placeholder that eksctl would refuse or ignore, with every other error that `check` finds. What is wrong with the
   * values of a file of the right shape is left to `check`.
   *
   * @param path names the file in the findings, which have their lines. @default 'ClusterConfig'
   */
  parse(text: string, path?: string): ClusterConfig {
    return parseClusterConfig(text, path);
  },

  /** Everything that eksctl or AWS would refuse, as far as it can be decided without AWS, and warnings about what is rarely intended. Empty if there is nothing to report. */
  check(config: ClusterConfig): Finding[] {
    return checkAll(config);
  },

  /**
   * The same of the text of a file, with what `parse` would throw. Each finding has the line in `file`; `path` names the file
   * in there.
   */
  checkText(text: string, path: string): Finding[] {
    return checkClusterConfigText(text, path);
  },
} as const;
