import { clusterRule, count, entries, keys, nulls, present, repeated } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig } from './unvalidated';

const PROFILES = 'fargateProfiles';
/** The limit of EKS. */
const MOST_SELECTORS = 5;

const profilesOf = (config: UnvalidatedConfig) => present(config.fargateProfiles, PROFILES);

/** Fargate profiles, which eksctl validates only after the cluster exists. */
export const FARGATE_RULES = [
  clusterRule(
    'X51',
    'aws',
    "a Fargate profile has a unique name without the reserved prefix 'eks-'",
    (config, report) => {
      for (const place of nulls(config.fargateProfiles, PROFILES)) {
        report.error(place, 'must not be null', 'write the profile, or delete the line');
      }
      const names = profilesOf(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
      for (const [name, path] of names) {
        if (!isNonEmptyString(name)) {
          report.error(path, 'required', "write for example 'batch'");
        } else if (name.startsWith('eks-')) {
          report.error(
            path,
            `the prefix 'eks-' is reserved, but the name is '${name}'`,
            `write '${name.slice(4) || 'batch'}'`,
          );
        }
      }
      for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
        report.error(path, `duplicate name '${name}'`, `write for example '${name}-2'`);
      }
    },
  ),
  clusterRule('X52', 'aws', 'a Fargate profile has one to five selectors, each with a namespace', (config, report) => {
    for (const [{ selectors }, path] of profilesOf(config)) {
      if (count(selectors) === 0 || count(selectors) > MOST_SELECTORS) {
        report.error(
          `${path}.selectors`,
          `must have 1 to ${MOST_SELECTORS} selectors, but has ${count(selectors)}`,
          count(selectors) === 0
            ? "write for example [{ namespace: 'batch' }]"
            : `keep ${MOST_SELECTORS}, or split the profile`,
        );
      }
      for (const [{ namespace }, place] of entries(selectors, `${path}.selectors`)) {
        if (!isNonEmptyString(namespace)) {
          report.error(`${place}.namespace`, 'required', "write for example 'batch'");
        }
      }
    }
  }),
  clusterRule('X53', 'aws', 'pods on Fargate do not use pod identity', (config, report) => {
    const selectors = profilesOf(config).flatMap(([{ selectors: list }]) => entries(list, ''));
    const whole = new Set(
      selectors.flatMap(([{ namespace, labels }]) => (keys(labels).length === 0 ? [namespace] : [])),
    );
    for (const [{ namespace, serviceAccountName }, path] of entries(
      config.iam?.podIdentityAssociations,
      'iam.podIdentityAssociations',
    )) {
      if (isNonEmptyString(namespace) && whole.has(namespace)) {
        report.warning(
          path,
          `no effect: pods of '${namespace}' run on Fargate, which does not support pod identity`,
          `add '${namespace}/${serviceAccountName ?? ''}' to 'iam.serviceAccounts' instead, with \`iam.withOIDC: true\``,
        );
      }
    }
  }),
];
