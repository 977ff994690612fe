import { sizeText } from '../../../simulator/table';
import { makesNodes } from '../../cluster-side';
import { clusterRule } from '../../rule';

/** A pod that is larger than every empty node stays pending. */
export const rule = clusterRule({
  id: 'capacity/pod-too-large',
  title: 'every pod fits on an empty node',
  needs: 'capacity',
  severity: 'warning',
  why: 'A pod is placed on one node as a whole. Where it asks for more than an empty node has, it stays pending, however many nodes there are.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 3, maxSize: 3, desiredCapacity: 3 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          resources: { requests: { cpu: '4', memory: 256Mi } }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 3, maxSize: 3, desiredCapacity: 3 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: example.com/web:1.4
          resources: { requests: { cpu: 500m, memory: 256Mi } }
`,
  check: (cluster, inventory, report) => {
    const found = makesNodes(cluster, inventory) ? undefined : cluster.capacity?.();
    for (const { workload, asks } of found?.tooLarge ?? []) {
      report(undefined, {
        message: `a pod of '${workload}' (${sizeText(asks)}) fits on no node, however empty`,
        fix: 'add a node group with a larger instanceType, or ask for less',
      });
    }
  },
});
