import { ADDONS } from '../../eks/addons';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { clusterRule, count, hasPolicy, present, repeated } from './accessors';
import { parseConfigurationValues } from './configuration-values';
import { associationsOf, checkAssociation } from './pod-identity';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Addon = NonNullable<NonNullable<UnvalidatedConfig['addons']>[number]>;

/** The fields that give an add-on a role by its service account's token (IRSA), as far as they are written. */
export function tokenRoleFields(addon: Addon): string[] {
  const fields = {
    serviceAccountRoleARN: isNonEmptyString(addon.serviceAccountRoleARN),
    attachPolicyARNs: count(addon.attachPolicyARNs) > 0,
    attachPolicy: isSet(addon.attachPolicy),
    wellKnownPolicies: hasPolicy(addon.wellKnownPolicies),
  };
  return Object.entries(fields).flatMap(([key, set]) => (set ? [key] : []));
}

/** Each add-on on its own. */
export const ADDON_RULES = [
  clusterRule('L12a', 'eksctl', 'an add-on has a name', ({ addons }, report) => {
    for (const [{ name }, path] of present(addons, 'addons')) {
      if (!isNonEmptyString(name)) {
        report.error(`${path}.name`, 'the add-on has no name', "write for example 'vpc-cni'");
      }
    }
  }),
  clusterRule(
    'L12b',
    'eksctl',
    'configurationValues is a text of JSON, or of YAML with a map',
    ({ addons }, report) => {
      for (const [{ configurationValues: values }, path] of present(addons, 'addons')) {
        if (isNonEmptyString(values) && parseConfigurationValues(values) === undefined) {
          report.error(
            `${path}.configurationValues`,
            `${describe(values)} is neither JSON nor a map in YAML`,
            `write for example '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}'`,
          );
        }
      }
    },
  ),
  clusterRule('L12c', 'eksctl', 'namespaceConfig.namespace is the name of a namespace', ({ addons }, report) => {
    for (const [{ namespaceConfig }, path] of present(addons, 'addons')) {
      const namespace = namespaceConfig?.namespace;
      if (isNonEmptyString(namespace) && (namespace.length > 63 || !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(namespace))) {
        report.error(
          `${path}.namespaceConfig.namespace`,
          `'${namespace}' is no namespace for an add-on`,
          "write lower-case letters, digits and '-', beginning with a letter, at most 63: 'observability'",
        );
      }
    }
  }),
  clusterRule(
    'L12d',
    'eksctl',
    'an add-on has its permissions from pod identity or from a token role, not both',
    ({ addons }, report) => {
      for (const [addon, path] of present(addons, 'addons')) {
        const fields = tokenRoleFields(addon);
        if (fields.length > 0 && count(addon.podIdentityAssociations) > 0) {
          report.error(
            `${path}.podIdentityAssociations`,
            `the add-on has pod identity and ${fields.map((field) => `'${field}'`).join(', ')}`,
            `delete ${fields.map((field) => `'${field}'`).join(', ')}`,
          );
        }
      }
    },
  ),
  clusterRule('L12e', 'eksctl', 'an add-on has one source of token role permissions', ({ addons }, report) => {
    for (const [addon, path] of present(addons, 'addons')) {
      const [first, ...more] = tokenRoleFields(addon);
      for (const field of more) {
        report.error(`${path}.${field}`, `'${field}' stands beside '${first}'`, `keep one: delete '${field}'`);
      }
    }
  }),
  clusterRule('L12f', 'eksctl', 'eks-pod-identity-agent has no associations of its own', ({ addons }, report) => {
    for (const [addon, path] of present(addons, 'addons')) {
      if (addon.name?.toLowerCase() === 'eks-pod-identity-agent' && count(addon.podIdentityAssociations) > 0) {
        report.error(
          `${path}.podIdentityAssociations`,
          'the agent itself takes its permissions from the nodes',
          "delete 'podIdentityAssociations'",
        );
      }
    }
  }),
  clusterRule(
    'L12g',
    'eksctl',
    'an association of an add-on is whole, its namespace included',
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
      report.error(path, `the add-on '${name}' is listed before: eksctl drops this one`, 'make the two entries one');
    }
  }),
  clusterRule('X15', 'aws', 'configurationValues has one document', ({ addons }, report) => {
    for (const [{ configurationValues: values }, path] of present(addons, 'addons')) {
      if (isNonEmptyString(values) && parseConfigurationValues(values)?.more) {
        report.error(
          `${path}.configurationValues`,
          "eksctl does not read what follows '---'",
          'write all values as one document',
        );
      }
    }
  }),
  clusterRule('X11', 'aws', 'the name of an add-on is a known one', ({ addons }, report) => {
    for (const [{ name }, path] of present(addons, 'addons')) {
      if (isNonEmptyString(name) && !Object.hasOwn(ADDONS, name)) {
        const near = nearest(name, Object.keys(ADDONS));
        report.warning(
          `${path}.name`,
          `'${name}' is no add-on that this library knows`,
          near ? `did you mean '${near}'?` : "look it up: 'eksctl utils describe-addon-versions'",
        );
      }
    }
  }),
];
