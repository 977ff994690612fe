import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** Which of two default classes is used changes with their age. */
export const rule: Rule = {
  id: 'storage/default-class',
  title: 'one StorageClass at most is the default',
  severity: 'warning',
  why: 'With several default classes Kubernetes takes the one that was made last, so that claims without a class depend on the order of installation.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass',
  bad: `${storageClass('fast', true)}---${storageClass('slow', true)}`,
  good: `${storageClass('fast', true)}---${storageClass('slow', false)}`,
  check: ({ inventory }, report) => {
    const [first, ...others] = inventory
      .ofKind('StorageClass', 'storage.k8s.io')
      .filter(({ manifest }) => manifest.metadata.annotations?.[DEFAULT] === 'true');
    const [second] = others;
    if (first && second && second.manifest.metadata.name !== first.manifest.metadata.name) {
      report(second, {
        message: `${title(second)} and ${title(first)} are both the default`,
        fix: `keep ${DEFAULT}: 'true' in one of them`,
        field: `metadata.annotations['${DEFAULT}']`,
      });
    }
  },
};

function storageClass(name: string, isDefault: boolean): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name}, annotations: { ${DEFAULT}: '${isDefault}' } }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`;
}
