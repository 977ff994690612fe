/**
 * What is loaded late: by the name of a file of the package, the modules that bring it in, with all that only they need.
 * The file is read when one of their names is first used, so none may be used while the library is loaded. The first three are
 * what a synthesis runs: an app reads them as it is made (charts/app/review-app.ts).
 */
export const LATE = {
  rules: ['review/rules/index'],
  'cluster-config': ['eksctl/rules/check-config', 'eksctl/schema/parse'],
  capacity: ['simulator/capacity'],
  gateways: [
    'charts/network/expose/gateway/gateway',
    'charts/network/expose/gateway/network-route',
    'charts/network/gateway/gateway',
    'charts/network/gateway/network-gateway',
    'charts/network/expose/gateway/match',
  ],
  balancers: ['charts/network/expose/nlb', 'charts/network/expose/target-group-binding'],
  secrets: ['charts/config/secret', 'charts/config/external-secret'],
  triggers: ['charts/scaling/scale-trigger'],
  nodes: [
    'charts/cluster/auto-mode/node-pool',
    'charts/cluster/auto-mode/node-class',
    'charts/cluster/karpenter/ec2-node-class',
    'charts/cluster/node-local-dns',
  ],
  volumes: ['charts/storage/shared-volume', 'charts/storage/local-storage-class'],
  delivery: ['charts/delivery/argo-application', 'charts/delivery/flux-kustomization'],
  identity: ['charts/identity/grants/aws'],
  policies: ['charts/network/admission-webhook', 'charts/network/cluster-network-policy'],
  agents: ['charts/workloads/node-agent', 'charts/workloads/placeholders'],
  jobs: [
    'charts/workloads/batch-job',
    'charts/workloads/scheduled-job',
    'charts/workloads/scaled-job',
    'charts/workloads/backups/backup-location',
    'charts/workloads/backups/backup-schedule',
    'charts/workloads/snapshots/snapshot-schedule',
  ],
  plugin: ['charts/app/review-plugin'],
  testing: ['testing/testing'],
};
