import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { listed } from '../../../kube/text';
import { REGISTRIES } from '../../admission/rules';
import { listsOfNamespaces } from '../../namespaces';
import type { Rule } from '../../rule';

/** Written by a mesh for the image that it injects. */
const INJECTED = 'auto';

/** An image of a registry that the namespace does not list. */
export const rule: Rule = {
  id: 'images/registry',
  title: 'images come from the registries that their namespace lists',
  severity: 'error',
  why: 'The annotation of the Namespace says which registries are trusted. Images of others are not scanned, and can change or vanish without notice.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/image-security.html',
  bad: pod('docker.io/library/web:1.4.2'),
  good: pod('111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2'),
  check: ({ inventory }, report) => {
    const lists = listsOfNamespaces(inventory, REGISTRIES);
    if (lists.size === 0) {
      return;
    }
    for (const pod of inventory.pods) {
      const registries = lists.get(pod.namespace);
      const [first, ...more] = registries
        ? podContainers(pod).filter(
            ({ container: { image } }) => image && image !== INJECTED && !isOf(image, registries),
          )
        : [];
      if (first && registries) {
        const { image, name } = first.container;
        report(pod, {
          message: `the image of container '${name}' of ${title(pod)} must come from ${listed(registries)}, but is '${image}'${more.length > 0 ? `, and ${more.length} more` : ''}`,
          field: `${first.field}.image`,
          container: `${name}`,
          fix: 'write an image of one of these registries, with the registry at its beginning',
        });
      }
    }
  },
};

const isOf = (image: string, registries: readonly string[]): boolean =>
  registries.some((registry) => image.startsWith(`${registry}/`));

function pod(image: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { cdk8s-eks-patterns.io/registries: '111122223333.dkr.ecr.us-west-2.amazonaws.com' } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: '${image}' }] }
`;
}
