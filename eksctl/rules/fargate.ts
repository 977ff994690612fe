import { clusterRule, count, entries, keys, nulls, present, repeated } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig } from './unvalidated';

const PROFILES = 'fargateProfiles';
/** Of EKS. */
const MOST_SELECTORS = 5;

const profilesOf = (config: UnvalidatedConfig) => present(config.fargateProfiles, PROFILES);

/** Fargate profiles: eksctl looks at them only when the cluster is there already. */
export const FARGATE_RULES = [
  clusterRule(
    'X51',
    'aws',
    'a Fargate profile has a name of its own, which EKS does not keep for itself',
    (config, report) => {
      for (const place of nulls(config.fargateProfiles, PROFILES)) {
        report.error(place, 'the profile is null', 'write the profile, or delete its line');
      }
      const names = profilesOf(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
      for (const [name, path] of names) {
        if (!isNonEmptyString(name)) {
          report.error(path, 'the profile has no name', "write for example 'batch'");
        } else if (name.startsWith('eks-')) {
          report.error(
            path,
            `'${name}' begins with 'eks-', which is kept for EKS`,
            `write '${name.slice(4) || 'batch'}'`,
          );
        }
      }
      for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
        report.error(path, `another profile is called '${name}'`, `write for example '${name}-2'`);
      }
    },
  ),
  clusterRule('X52', 'aws', 'a Fargate profile has one to five selectors, each with a namespace', (config, report) => {
    for (const [{ selectors }, path] of profilesOf(config)) {
      if (count(selectors) === 0 || count(selectors) > MOST_SELECTORS) {
        report.error(
          `${path}.selectors`,
          `the profile has ${count(selectors)} selectors`,
          count(selectors) === 0
            ? "write for example [{ namespace: 'batch' }]"
            : `keep ${MOST_SELECTORS}, or write two profiles`,
        );
      }
      for (const [{ namespace }, place] of entries(selectors, `${path}.selectors`)) {
        if (!isNonEmptyString(namespace)) {
          report.error(`${place}.namespace`, 'the selector has no namespace', "write for example 'batch'");
        }
      }
    }
  }),
  clusterRule('X53', 'aws', 'pods on Fargate have no pod identity', (config, report) => {
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
          `pods of '${namespace}' run on Fargate, where the agent of pod identity cannot`,
          `write '${namespace}/${serviceAccountName ?? ''}' into 'iam.serviceAccounts' instead, with iam.withOIDC`,
        );
      }
    }
  }),
];
