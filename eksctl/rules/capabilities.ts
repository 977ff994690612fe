import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { clusterRule, entries, repeated } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const TYPES = ['ACK', 'ARGOCD', 'KRO'];

const capabilitiesOf = (config: UnvalidatedConfig) => entries(config.capabilities, 'capabilities');

/** EKS capabilities: eksctl looks at them only when the cluster is there already. */
export const CAPABILITY_RULES = [
  clusterRule('X54', 'aws', 'a capability has a name of its own', (config, report) => {
    const names = capabilitiesOf(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
    for (const [, path] of names.filter(([name]) => !isNonEmptyString(name))) {
      report.error(path, 'the capability has no name', "write for example 'argocd'");
    }
    for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
      report.error(path, `another capability is called '${name}'`, `write for example '${name}-2'`);
    }
  }),
  clusterRule('X55', 'aws', 'a capability is ACK, ARGOCD or KRO', (config, report) => {
    for (const [{ type }, path] of capabilitiesOf(config)) {
      if (!isNonEmptyString(type) || !TYPES.includes(type)) {
        const upper = isNonEmptyString(type) ? type.toUpperCase() : '';
        report.error(
          `${path}.type`,
          isNonEmptyString(type) ? `${describe(type)} is no type of capability` : 'the capability has no type',
          TYPES.includes(upper) ? `write '${upper}'` : "write 'ACK', 'ARGOCD' or 'KRO'",
        );
      }
    }
  }),
  clusterRule('X56', 'aws', 'Argo CD knows its Identity Center', (config, report) => {
    for (const [{ type, configuration }, path] of capabilitiesOf(config)) {
      if (type === 'ARGOCD' && !isNonEmptyString(configuration?.argocd?.awsIdc?.idcInstanceArn)) {
        report.error(
          `${path}.configuration.argocd.awsIdc`,
          'Argo CD signs its users in by IAM Identity Center, and none is named',
          "write { idcInstanceArn: 'arn:aws:sso:::instance/ssoins-0abc' }",
        );
      }
    }
  }),
  clusterRule('X57', 'eksctl', 'access policies of a capability are named by ARNs', (config, report) => {
    for (const [{ accessPolicies }, at] of capabilitiesOf(config)) {
      for (const [{ policyARN }, path] of entries(accessPolicies, `${at}.accessPolicies`)) {
        if (isSet(policyARN) && parseArn(policyARN) === undefined) {
          report.error(
            `${path}.policyARN`,
            `${describe(policyARN)} is no ARN`,
            "write for example 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy'",
          );
        }
      }
    }
  }),
];
