import { isAboutRoom, outcomeText, remedy } from '../../capacity-text';
import { makesNodes } from '../../cluster-side';
import { clusterRule } from '../../rule';

/** The app, or a rollout of all of it, does not fit on the nodes. A rollout is reported only where the app has room at other times. */
export const rule = clusterRule({
  id: 'capacity/room',
  title: 'the app fits on the nodes that the cluster begins with, and so does a rollout',
  needs: 'capacity',
  severity: 'warning',
  why: 'Pods without a place stay pending. During a rollout old and new pods run at the same time, so a cluster that is full of old pods never starts the new ones.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 1, maxSize: 1, desiredCapacity: 1 }
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
          resources: { requests: { cpu: 1200m, memory: 256Mi } }
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
          resources: { requests: { cpu: 250m, memory: 256Mi } }
`,
  check: (cluster, inventory, report) => {
    const found = makesNodes(cluster, inventory) ? undefined : cluster.capacity?.();
    const now = found?.verdict('as applied', 'desired');
    if (!found || !now || now.verdict === 'unknown') {
      return;
    }
    if (now.verdict !== 'fits') {
      // pods that are too large have a rule of their own, and so have those that no node takes whatever its size
      const large = new Set(found.tooLarge.map(({ workload }) => workload));
      const others = now.unplaced.filter(({ workload, because }) => !large.has(workload) && because.some(isAboutRoom));
      if (others.length > 0) {
        report(undefined, { message: `the app ${outcomeText(now, others)}`, fix: remedy(found, now) });
      }
      return;
    }
    // a node autoscaler makes room for a rollout
    const rolling = found.verdict('everything rolling', found.nodeAutoscaler ? 'maximum' : 'desired');
    if (rolling && rolling.verdict !== 'fits' && rolling.verdict !== 'unknown') {
      report(undefined, {
        message: `a rollout of everything at once ${outcomeText(rolling, rolling.unplaced)}`,
        fix: remedy(found, rolling),
      });
    }
  },
});
