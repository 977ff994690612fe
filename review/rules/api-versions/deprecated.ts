import { apiLife } from '../../../kube/api/lives';
import { title } from '../../../kube/inventory';
import { isAtLeast } from '../../../kube/versions';
import { kindsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** API versions that the cluster still serves, and that a later one will not; and those that EKS does not switch on. */
export const rule: Rule = {
  id: 'api-versions/deprecated',
  title: 'no API version is deprecated, or switched off unless asked for',
  severity: 'warning',
  why: 'A deprecated version is removed in a later release, and what is applied then is refused. New beta versions are switched off by default, and EKS does not switch them on.',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  bad: `
apiVersion: resource.k8s.io/v1beta1
kind: DeviceClass
metadata: { name: gpu }
spec: {}
`,
  good: `
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: { name: gpu }
spec: {}
`,
  check: ({ inventory, kubernetesVersion }, report) => {
    for (const { apiVersion, kind, objects } of kindsIn(inventory)) {
      const life = apiLife(apiVersion, kind);
      const served = life && !(life.removed !== undefined && isAtLeast(kubernetesVersion, life.removed));
      if (!served || !isAtLeast(kubernetesVersion, life.introduced)) {
        continue;
      }
      const { introduced, deprecated, removed, replacement } = life;
      const fix =
        replacement === undefined ? 'write the stable version where the cluster has one' : `write ${replacement}`;
      const isOff = /v\d+(alpha|beta)\d+$/.test(apiVersion) && isAtLeast(introduced, '1.24');
      const isDeprecated = deprecated !== undefined && isAtLeast(kubernetesVersion, deprecated);
      const end = removed === undefined ? '' : `, and removed in ${removed}`;
      for (const object of isOff || isDeprecated ? objects : []) {
        report(object, {
          message: isOff
            ? `${apiVersion} of ${title(object)} is switched off by default, and EKS does not switch it on`
            : `${apiVersion} of ${title(object)} is deprecated since Kubernetes ${deprecated}${end}`,
          fix,
          field: 'apiVersion',
        });
      }
    }
  },
};
