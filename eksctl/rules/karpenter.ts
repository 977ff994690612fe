import { KUBERNETES_VERSIONS } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, hasOidc, versionOf } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';
import { isBefore, parseVersion } from './version-order';

/** The first that eksctl installs. */
const OLDEST = '0.20.0';

/** Karpenter, installed by eksctl. */
export const KARPENTER_RULES = [
  clusterRule('A18a', 'eksctl', 'karpenter.version is a version from 0.20.0 on', ({ karpenter }, report) => {
    if (!isSet(karpenter)) {
      return;
    }
    const version = parseVersion(karpenter.version);
    if (version === undefined || isBefore(version, OLDEST)) {
      report.error(
        'karpenter.version',
        isNonEmptyString(karpenter.version)
          ? `${describe(karpenter.version)} is no version from ${OLDEST} on`
          : 'Karpenter has no version',
        "write for example '1.13.0'",
      );
    }
  }),
  clusterRule('A18b', 'eksctl', 'Karpenter by eksctl needs iam.withOIDC', (config, report) => {
    if (isSet(config.karpenter) && !hasOidc(config)) {
      report.error('iam.withOIDC', "Karpenter's role needs the OIDC provider, which is off", "write 'withOIDC: true'");
    }
  }),
  clusterRule('X50', 'aws', 'Karpenter supports the version of Kubernetes', (config, report) => {
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
