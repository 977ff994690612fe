import { allGroups, clusterRule, isPrivate, repeated } from './accessors';
import { isNonEmptyString } from './unvalidated';

/** What node groups have to be for the cluster as a whole. */
export const GROUP_NAME_RULES = [
  clusterRule('A7a', 'eksctl', 'a node group has a name', (config, report) => {
    for (const [{ name }, path] of allGroups(config)) {
      if (!isNonEmptyString(name)) {
        report.error(`${path}.name`, 'the node group has no name', "write for example 'standard-workers'");
      }
    }
  }),
  clusterRule('A7b', 'eksctl', 'the names of node groups of both kinds are unique', (config, report) => {
    const names = allGroups(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
    for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
      report.error(path, `another node group is called '${name}'`, `write for example '${name}-2'`);
    }
  }),
  clusterRule('A7c', 'eksctl', 'the nodes of a private cluster are private', (config, report) => {
    for (const [{ privateNetworking }, path] of isPrivate(config) ? allGroups(config) : []) {
      if (privateNetworking !== true) {
        report.error(`${path}.privateNetworking`, 'the cluster is private, and its nodes are not', 'write true');
      }
    }
  }),
];
