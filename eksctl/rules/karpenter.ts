import { KUBERNETES_VERSIONS } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, hasOidc, versionOf } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';
import { isBefore, parseVersion } from './version-order';

/** The oldest version that eksctl installs. */
const OLDEST = '0.20.0';

/** Karpenter, installed by eksctl. */
export const KARPENTER_RULES = [
  clusterRule('A18a', 'eksctl', 'karpenter.version is 0.20.0 or newer', ({ karpenter }, report) => {
    if (!isSet(karpenter)) {
      return;
    }
    const version = parseVersion(karpenter.version);
    if (version === undefined || isBefore(version, OLDEST)) {
      report.error(
        'karpenter.version',
        isNonEmptyString(karpenter.version)
          ? `must be ${OLDEST} or newer, but is ${describe(karpenter.version)}`
          : 'required',
        "write for example '1.13.0'",
      );
    }
  }),
  clusterRule('A18b', 'eksctl', 'karpenter requires iam.withOIDC', (config, report) => {
    if (isSet(config.karpenter) && !hasOidc(config)) {
      report.error('iam.withOIDC', "must be true for Karpenter's role", 'write `withOIDC: true`');
    }
  }),
  clusterRule('X50', 'aws', 'the Karpenter version supports the Kubernetes version', (config, report) => {
    const version = parseVersion(config.karpenter?.version);
    const table: Readonly<Record<string, { readonly karpenter: string }>> = KUBERNETES_VERSIONS;
    const kubernetes = versionOf(config);
    const needed = Object.hasOwn(table, kubernetes) ? table[kubernetes]?.karpenter : undefined;
    if (version && needed && isBefore(version, needed) && !isBefore(version, OLDEST)) {
      report.warning(
        'karpenter.version',
        `Karpenter ${config.karpenter?.version} does not support Kubernetes ${kubernetes}`,
        `write '${needed}' or newer`,
      );
    }
  }),
];
