import { OLDEST_VPC_CNI } from '../../eks/versions';
import { clusterRule, isIPv6, present, versionOf } from './accessors';
import { isNonEmptyString } from './unvalidated';
import { isBefore, parseKubernetesVersion, parseVersion } from './version-order';

/** The kubelet and with it kube-proxy may be this many minor versions older than the API server. */
const SKEW = 3;

/** Versions of add-ons that the Kubernetes version decides. */
export const ADDON_VERSION_RULES = [
  clusterRule('X16', 'aws', 'the vpc-cni is new enough for the Kubernetes version', (config, report) => {
    const cluster = parseKubernetesVersion(versionOf(config));
    for (const [{ name, version }, path] of present(config.addons, 'addons')) {
      const own = name === 'vpc-cni' && isNonEmptyString(version) ? parseVersion(version) : undefined;
      const [, oldest] = OLDEST_VPC_CNI.filter(([kubernetes]) => cluster && !isBefore(cluster, kubernetes)).pop() ?? [];
      // A5e reports what IPv6 excludes
      const reported = isIPv6(config) && own && isBefore(own, '1.10.0');
      if (own && oldest && isBefore(own, oldest) && !reported) {
        report.warning(
          `${path}.version`,
          `should be ${oldest} or newer with Kubernetes ${versionOf(config)}, but is '${version}': nodes do not become ready`,
          "write 'latest', or delete 'version' for the default of EKS",
        );
      }
    }
  }),
  clusterRule('X17', 'aws', 'kube-proxy is not newer than Kubernetes, nor much older', (config, report) => {
    const [, minor] = parseKubernetesVersion(versionOf(config))?.numbers ?? [];
    for (const [{ name, version }, path] of present(config.addons, 'addons')) {
      const own = name === 'kube-proxy' && isNonEmptyString(version) ? parseVersion(version)?.numbers : undefined;
      if (own?.[0] !== 1 || own[1] === undefined || minor === undefined) {
        continue;
      }
      if (own[1] > minor || minor - own[1] > SKEW) {
        report.warning(
          `${path}.version`,
          `should be a version of Kubernetes ${versionOf(config)}, or at most ${SKEW} older, but is '${version}'`,
          "delete 'version' for the default of EKS",
        );
      }
    }
  }),
];
