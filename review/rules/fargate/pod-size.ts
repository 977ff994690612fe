import { invalidQuantities } from '../../../kube/counted-quantities';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { podTotal } from '../../../kube/pod-resources';
import { formatBytes, formatCpu, MEBI, ONE } from '../../../kube/quantity';
import { fargatePods, LEAVE_FARGATE } from '../../fargate-pods';
import { clusterRule } from '../../rule';

/** The largest size is 16 vCPU and 120 GB, of which the kubelet has 256 MB. */
const MOST_CPU = 16n * ONE;
const MOST_MEMORY = (120n * 1024n - 256n) * MEBI;
const MOST_STORAGE = 175n * 1024n * MEBI;
const NONE = { limits: {}, requests: {} };

/** Pods that are larger than what Fargate has. */
export const rule = clusterRule({
  id: 'fargate/pod-size',
  title: 'pods that a Fargate profile takes fit into its largest size',
  severity: 'error',
  why: 'Fargate rounds what a pod requests up to one of its sizes. Above 16 vCPU, 120 GB of memory or 175 GiB of storage there is none, and the pod stays pending.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: demo, region: us-west-2, version: '1.35' }
fargateProfiles: [{ name: batch, selectors: [{ namespace: batch }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: train, namespace: batch }
spec:
  containers:
    - name: train
      image: example.com/train:1.0.0
      resources: { requests: { cpu: '32', memory: 64Gi } }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: demo, region: us-west-2, version: '1.35' }
fargateProfiles: [{ name: batch, selectors: [{ namespace: batch }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: train, namespace: batch }
spec:
  containers:
    - name: train
      image: example.com/train:1.0.0
      resources: { requests: { cpu: '16', memory: 64Gi } }
`,
  check: (cluster, inventory, report) => {
    for (const [pod, profile] of fargatePods(cluster, inventory)) {
      if (invalidQuantities(pod.manifest).length > 0) {
        continue;
      }
      const asks = (name: string) => podTotal(pod.spec, 'requests', name, NONE);
      const [cpu, memory, storage] = [asks('cpu'), asks('memory'), asks('ephemeral-storage')];
      const large = [
        ...(cpu > MOST_CPU ? [`${formatCpu(cpu)} cores of at most 16`] : []),
        ...(memory > MOST_MEMORY ? [`${formatBytes(memory)} of memory of at most ${formatBytes(MOST_MEMORY)}`] : []),
        ...(storage > MOST_STORAGE ? [`${formatBytes(storage)} of storage of at most 175Gi`] : []),
      ];
      if (large.length > 0) {
        report(pod, {
          message: `${profile.name} takes the pods of ${title(pod)}, and they ask for ${large.join(' and ')}`,
          fix: `ask for less, or ${LEAVE_FARGATE}`,
          field: `${podSpecField(pod)}.containers`,
        });
      }
    }
  },
});
