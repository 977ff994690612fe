import { authenticationModeOf, clusterRule, count, entries, present } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const mappingsOf = (config: UnvalidatedConfig) => present(config.iamIdentityMappings, 'iamIdentityMappings');

/** Access by the ConfigMap aws-auth and by identity providers. */
export const IDENTITY_RULES = [
  clusterRule('A14a', 'eksctl', 'a mapping is for a service or a principal, not both', (config, report) => {
    for (const [{ serviceName, arn, username, groups }, path] of mappingsOf(config)) {
      // eksctl refuses only all three together
      if (isNonEmptyString(serviceName) && isNonEmptyString(arn) && isNonEmptyString(username) && count(groups) > 0) {
        report.error(
          `${path}.serviceName`,
          `cannot be combined with arn, username and groups, but is '${serviceName}'`,
          'split it into two entries',
        );
      }
    }
  }),
  clusterRule('A14b', 'eksctl', 'serviceName and namespace of a mapping are both set, or neither', (config, report) => {
    for (const [{ serviceName, namespace }, path] of mappingsOf(config)) {
      if (isNonEmptyString(serviceName) && !isNonEmptyString(namespace)) {
        report.error(`${path}.namespace`, `required with serviceName '${serviceName}'`, "write for example 'emr'");
      }
      if (isNonEmptyString(namespace) && !isNonEmptyString(serviceName)) {
        report.error(
          `${path}.serviceName`,
          `required with namespace '${namespace}'`,
          "write for example 'emr-containers'",
        );
      }
    }
  }),
  clusterRule('A14c', 'eksctl', 'a mapping of an account has no other fields', (config, report) => {
    for (const [{ account, arn, username, groups, serviceName, namespace }, path] of mappingsOf(config)) {
      const others = [arn, username, serviceName, namespace].some(isNonEmptyString) || count(groups) > 0;
      if (isNonEmptyString(account) && others) {
        report.error(
          `${path}.account`,
          `cannot be combined with other fields, but is '${account}'`,
          'split it into two entries',
        );
      }
    }
  }),
  clusterRule(
    'A8',
    'eksctl',
    'an identity provider has type, name, clientID and issuerURL',
    ({ identityProviders }, report) => {
      const examples = { name: 'corporate', clientID: 'kubernetes', issuerURL: 'https://login.example.com' };
      for (const [provider, path] of entries(identityProviders, 'identityProviders')) {
        if (provider.type !== 'oidc') {
          report.error(
            `${path}.type`,
            isSet(provider.type) ? `must be 'oidc', but is '${provider.type}'` : 'required',
            "write 'oidc'",
          );
        }
        for (const [key, example] of Object.entries(examples)) {
          if (!isNonEmptyString(provider[key as keyof typeof examples])) {
            report.error(`${path}.${key}`, 'required', `write for example '${example}'`);
          }
        }
      }
    },
  ),
  clusterRule('X25', 'aws', 'iamIdentityMappings require an authentication mode with CONFIG_MAP', (config, report) => {
    if (count(config.iamIdentityMappings) > 0 && authenticationModeOf(config) === 'API') {
      report.warning(
        'iamIdentityMappings',
        "no effect with authenticationMode 'API', which ignores the ConfigMap aws-auth",
        "write 'accessConfig.accessEntries' instead",
      );
    }
  }),
];
