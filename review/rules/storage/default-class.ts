import { DEFAULT_CLASS, defaultClassAnnotation } from '../../../kube/claims';
import { title } from '../../../kube/inventory';
import { keyPath } from '../../../kube/text';
import type { Rule } from '../../rule';

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
      .filter(({ manifest }) => defaultClassAnnotation(manifest) !== undefined);
    const [second] = others;
    if (first && second && second.manifest.metadata.name !== first.manifest.metadata.name) {
      report(second, {
        message: `${title(second)} and ${title(first)} are both the default`,
        fix: `keep ${DEFAULT_CLASS}: 'true' in one of them`,
        field: keyPath('metadata.annotations', defaultClassAnnotation(second.manifest)!),
      });
    }
  },
};

function storageClass(name: string, isDefault: boolean): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name}, annotations: { ${DEFAULT_CLASS}: '${isDefault}' } }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`;
}
