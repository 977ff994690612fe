import { ADDONS } from '../../eks/addons';
import { describe } from '../../kube/describe';
import { listed, nearest } from '../../kube/text';
import { clusterRule, count, hasPolicy, present, repeated } from './accessors';
import { parseConfigurationValues } from './configuration-values';
import { associationsOf, checkAssociation } from './pod-identity';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Addon = NonNullable<NonNullable<UnvalidatedConfig['addons']>[number]>;

/** The fields of an add-on that give it a role by its service account's token (IRSA), if set. */
export function tokenRoleFields(addon: Addon): string[] {
  const fields = {
    serviceAccountRoleARN: isNonEmptyString(addon.serviceAccountRoleARN),
    attachPolicyARNs: count(addon.attachPolicyARNs) > 0,
    attachPolicy: isSet(addon.attachPolicy),
    wellKnownPolicies: hasPolicy(addon.wellKnownPolicies),
  };
  return Object.entries(fields).flatMap(([key, set]) => (set ? [key] : []));
}

/** Rules about a single add-on. */
export const ADDON_RULES = [
  clusterRule('L12a', 'eksctl', 'an add-on has a name', ({ addons }, report) => {
    for (const [{ name }, path] of present(addons, 'addons')) {
      if (!isNonEmptyString(name)) {
        report.error(`${path}.name`, 'required', "write for example 'vpc-cni'");
      }
    }
  }),
  clusterRule(
    'L12b',
    'eksctl',
    'configurationValues is a JSON string, or a YAML string with a map',
    ({ addons }, report) => {
      for (const [{ configurationValues: values }, path] of present(addons, 'addons')) {
        if (isNonEmptyString(values) && parseConfigurationValues(values) === undefined) {
          report.error(
            `${path}.configurationValues`,
            `must be JSON or a YAML map, but is ${describe(values)}`,
            `write for example '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}'`,
          );
        }
      }
    },
  ),
  clusterRule('L12c', 'eksctl', 'namespaceConfig.namespace is a valid namespace name', ({ addons }, report) => {
    for (const [{ namespaceConfig }, path] of present(addons, 'addons')) {
      const namespace = namespaceConfig?.namespace;
      if (isNonEmptyString(namespace) && (namespace.length > 63 || !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(namespace))) {
        report.error(
          `${path}.namespaceConfig.namespace`,
          `invalid namespace name '${namespace}'`,
          "write at most 63 lowercase letters, digits and '-', starting with a letter, such as 'observability'",
        );
      }
    }
  }),
  clusterRule(
    'L12d',
    'eksctl',
    'an add-on gets its permissions from pod identity or IRSA, not both',
    ({ addons }, report) => {
      for (const [addon, path] of present(addons, 'addons')) {
        const fields = tokenRoleFields(addon);
        if (fields.length > 0 && count(addon.podIdentityAssociations) > 0) {
          report.error(
            `${path}.podIdentityAssociations`,
            `cannot be combined with ${listed(fields)}`,
            `delete ${listed(fields)}`,
          );
        }
      }
    },
  ),
  clusterRule('L12e', 'eksctl', 'an add-on has one source of IRSA permissions', ({ addons }, report) => {
    for (const [addon, path] of present(addons, 'addons')) {
      const [first, ...more] = tokenRoleFields(addon);
      for (const field of more) {
        report.error(`${path}.${field}`, `cannot be combined with '${first}'`, `delete '${field}'`);
      }
    }
  }),
  clusterRule('L12f', 'eksctl', 'eks-pod-identity-agent has no pod identity associations', ({ addons }, report) => {
    for (const [addon, path] of present(addons, 'addons')) {
      if (addon.name?.toLowerCase() === 'eks-pod-identity-agent' && count(addon.podIdentityAssociations) > 0) {
        report.error(
          `${path}.podIdentityAssociations`,
          'not allowed for the agent, which uses the permissions of the nodes',
          "delete 'podIdentityAssociations'",
        );
      }
    }
  }),
  clusterRule(
    'L12g',
    'eksctl',
    'an association of an add-on is complete, including its namespace',
    ({ addons }, report) => {
      for (const [addon, path] of present(addons, 'addons')) {
        for (const [association, place] of associationsOf(addon, path)) {
          checkAssociation(association, place, report);
        }
      }
    },
  ),
  clusterRule('X10', 'aws', 'an add-on is listed once', ({ addons }, report) => {
    const named = present(addons, 'addons').map(([{ name }, path]) => [name?.toLowerCase(), path] as const);
    for (const [name, path] of repeated(named.filter(([name]) => isNonEmptyString(name)))) {
      report.error(path, `duplicate add-on '${name}': eksctl ignores the second entry`, 'merge the two entries');
    }
  }),
  clusterRule('X15', 'aws', 'configurationValues has a single YAML document', ({ addons }, report) => {
    for (const [{ configurationValues: values }, path] of present(addons, 'addons')) {
      if (isNonEmptyString(values) && parseConfigurationValues(values)?.more) {
        report.error(
          `${path}.configurationValues`,
          "must be a single document: eksctl ignores everything after '---'",
          'write all values as one document',
        );
      }
    }
  }),
  clusterRule('X11', 'aws', 'the name of an add-on is known', ({ addons }, report) => {
    for (const [{ name }, path] of present(addons, 'addons')) {
      if (isNonEmptyString(name) && !Object.hasOwn(ADDONS, name)) {
        const near = nearest(name, Object.keys(ADDONS));
        report.warning(
          `${path}.name`,
          `unknown add-on '${name}'`,
          near ? `did you mean '${near}'?` : 'look it up with `eksctl utils describe-addon-versions`',
        );
      }
    }
  }),
];
