import { allGroups, clusterRule, isPrivate, repeated } from './accessors';
import { isNonEmptyString } from './unvalidated';

/** Rules about all node groups of a cluster. */
export const GROUP_NAME_RULES = [
  clusterRule('A7a', 'eksctl', 'a node group has a name', (config, report) => {
    for (const [{ name }, path] of allGroups(config)) {
      if (!isNonEmptyString(name)) {
        report.error(`${path}.name`, 'required', "write for example 'standard-workers'");
      }
    }
  }),
  clusterRule('A7b', 'eksctl', 'the names of all node groups are unique', (config, report) => {
    const names = allGroups(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
    for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
      report.error(path, `duplicate name '${name}'`, `write for example '${name}-2'`);
    }
  }),
  clusterRule('A7c', 'eksctl', 'node groups of a private cluster have privateNetworking', (config, report) => {
    for (const [{ privateNetworking }, path] of isPrivate(config) ? allGroups(config) : []) {
      if (privateNetworking !== true) {
        report.error(`${path}.privateNetworking`, 'must be true in a private cluster', 'write true');
      }
    }
  }),
];
