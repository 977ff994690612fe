import { authenticationModeOf, clusterRule, count, entries, present } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const mappingsOf = (config: UnvalidatedConfig) => present(config.iamIdentityMappings, 'iamIdentityMappings');

/** Who comes in by the ConfigMap aws-auth, and by identity providers. */
export const IDENTITY_RULES = [
  clusterRule('A14a', 'eksctl', 'a mapping is of a service, or of a principal', (config, report) => {
    for (const [{ serviceName, arn, username, groups }, path] of mappingsOf(config)) {
      // eksctl minds only all three together
      if (isNonEmptyString(serviceName) && isNonEmptyString(arn) && isNonEmptyString(username) && count(groups) > 0) {
        report.error(
          `${path}.serviceName`,
          `'${serviceName}' stands beside arn, username and groups`,
          'write two entries',
        );
      }
    }
  }),
  clusterRule('A14b', 'eksctl', 'serviceName and namespace of a mapping stand together', (config, report) => {
    for (const [{ serviceName, namespace }, path] of mappingsOf(config)) {
      if (isNonEmptyString(serviceName) && !isNonEmptyString(namespace)) {
        report.error(`${path}.namespace`, `the service '${serviceName}' has no namespace`, "write for example 'emr'");
      }
      if (isNonEmptyString(namespace) && !isNonEmptyString(serviceName)) {
        report.error(
          `${path}.serviceName`,
          `the namespace '${namespace}' has no service`,
          "write for example 'emr-containers'",
        );
      }
    }
  }),
  clusterRule('A14c', 'eksctl', 'a mapping of an account has nothing else', (config, report) => {
    for (const [{ account, arn, username, groups, serviceName, namespace }, path] of mappingsOf(config)) {
      const others = [arn, username, serviceName, namespace].some(isNonEmptyString) || count(groups) > 0;
      if (isNonEmptyString(account) && others) {
        report.error(`${path}.account`, `the account '${account}' stands beside other keys`, 'write two entries');
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
            isSet(provider.type) ? `'${provider.type}' is no type of provider` : 'the provider has no type',
            "write 'oidc'",
          );
        }
        for (const [key, example] of Object.entries(examples)) {
          if (!isNonEmptyString(provider[key as keyof typeof examples])) {
            report.error(`${path}.${key}`, `the provider has no ${key}`, `write for example '${example}'`);
          }
        }
      }
    },
  ),
  clusterRule('X25', 'aws', 'aws-auth is read only where the authentication mode says so', (config, report) => {
    if (count(config.iamIdentityMappings) > 0 && authenticationModeOf(config) === 'API') {
      report.warning(
        'iamIdentityMappings',
        "with authenticationMode 'API' nobody reads the ConfigMap that they go to",
        "write 'accessConfig.accessEntries' instead",
      );
    }
  }),
];
