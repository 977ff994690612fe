import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { clusterRule, entries, repeated } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const TYPES = ['ACK', 'ARGOCD', 'KRO'];

const capabilitiesOf = (config: UnvalidatedConfig) => entries(config.capabilities, 'capabilities');

/** EKS capabilities, which eksctl validates only after the cluster exists. */
export const CAPABILITY_RULES = [
  clusterRule('X54', 'aws', 'a capability has a unique name', (config, report) => {
    const names = capabilitiesOf(config).map(([{ name }, path]) => [name, `${path}.name`] as const);
    for (const [, path] of names.filter(([name]) => !isNonEmptyString(name))) {
      report.error(path, 'required', "write for example 'argocd'");
    }
    for (const [name, path] of repeated(names.filter(([name]) => isNonEmptyString(name)))) {
      report.error(path, `duplicate name '${name}'`, `write for example '${name}-2'`);
    }
  }),
  clusterRule('X55', 'aws', 'a capability is ACK, ARGOCD or KRO', (config, { error, warning }) => {
    for (const [{ type }, path] of capabilitiesOf(config)) {
      if (!isNonEmptyString(type) || !TYPES.includes(type)) {
        const upper = isNonEmptyString(type) ? type.toUpperCase() : '';
        // there may be new ones
        const report = isNonEmptyString(type) && !TYPES.includes(upper) ? warning : error;
        report(
          `${path}.type`,
          isNonEmptyString(type) ? `unknown type ${describe(type)}` : 'required',
          TYPES.includes(upper) ? `write '${upper}'` : "write 'ACK', 'ARGOCD' or 'KRO'",
        );
      }
    }
  }),
  clusterRule('X56', 'aws', 'Argo CD has an IAM Identity Center instance', (config, report) => {
    for (const [{ type, configuration }, path] of capabilitiesOf(config)) {
      if (type === 'ARGOCD' && !isNonEmptyString(configuration?.argocd?.awsIdc?.idcInstanceArn)) {
        report.error(
          `${path}.configuration.argocd.awsIdc`,
          'idcInstanceArn is required: Argo CD authenticates users with IAM Identity Center',
          "write { idcInstanceArn: 'arn:aws:sso:::instance/ssoins-0abc' }",
        );
      }
    }
  }),
  clusterRule('X57', 'eksctl', 'access policies of a capability have ARNs', (config, report) => {
    for (const [{ accessPolicies }, at] of capabilitiesOf(config)) {
      for (const [{ policyARN }, path] of entries(accessPolicies, `${at}.accessPolicies`)) {
        if (isSet(policyARN) && parseArn(policyARN) === undefined) {
          report.error(
            `${path}.policyARN`,
            `invalid ARN ${describe(policyARN)}`,
            "write for example 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy'",
          );
        }
      }
    }
  }),
];
