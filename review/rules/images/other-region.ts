import { ecrRegion } from '../../../eks/ecr';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import { clusterRule } from '../../rule';

/** Images that every node fetches from another region. */
export const rule = clusterRule({
  id: 'images/other-region',
  title: 'images of Amazon ECR are in the region of the cluster',
  severity: 'advice',
  why: 'Each pull from another region costs transfer and time, fails with that region, and does not go through a VPC endpoint for ECR, which is of one region: a private cluster cannot pull it at all.',
  source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/web:1.4.2' }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2' }] }
`,
  check: ({ config }, inventory, report) => {
    const { region } = config.metadata;
    for (const pod of inventory.pods) {
      const containers = podContainers(pod);
      if (!containers.some(({ container }) => (ecrRegion(container.image ?? '') ?? region) !== region)) {
        continue;
      }
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        const other = ecrRegion(container.image ?? '');
        if (other !== undefined && other !== region) {
          found.add(other, {
            message: `the image of container '${container.name}' of ${title(pod)} is in the registry of ${other}, and the cluster is in ${region}`,
            fix: `replicate the repository to ${region}, and pull it from there`,
            field: `${field}.image`,
            container: container.name,
          });
        }
      }
      found.finish();
    }
  },
});
