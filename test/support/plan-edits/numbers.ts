import { pick, type Random } from '../../review/damage';

const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  'HPAScalingPolicy.periodSeconds': [15, 60],
  'HorizontalPodAutoscalerSpec.maxReplicas': [3, 5, 10],
  'HorizontalPodAutoscalerSpec.minReplicas': [1, 2, 3],
  'ScaleIOVolumeSource.port': [1],
  'TopologySpreadConstraint.minDomains': [1, 2],
  averageUtilization: [50, 80],
  backoffLimit: [0, 3, 6],
  completions: [1, 2, 3],
  containerPort: [80, 8080, 9090],
  defaultMode: [0o400, 0o644],
  endPort: [9000, 9999],
  expirationSeconds: [600, 3600, 7200],
  failedJobsHistoryLimit: [0, 1, 3],
  fsGroup: [1000, 2000],
  groupPriorityMinimum: [100, 1000],
  hostPort: [80, 8080],
  leaseDurationSeconds: [10, 20],
  maxExpirationSeconds: [3600, 7200],
  maxFailedIndexes: [1, 2],
  mode: [0o400, 0o644],
  nodePort: [30080, 30443, 30444],
  parallelism: [1, 2, 3],
  port: [80, 443, 8080],
  priority: [0, 1],
  progressDeadlineSeconds: [600, 700],
  replicas: [0, 1, 2, 3],
  runAsGroup: [0, 1000],
  runAsUser: [0, 1000],
  timeoutSeconds: [1, 5, 10],
  versionPriority: [10, 20],
  weight: [1, 50, 100],
};

export function numberFor(random: Random, struct: string, field: string): number {
  return pick(random, NUMBERS[`${struct}.${field}`] ?? NUMBERS[field] ?? [1, 2, 5, 30]);
}

const AMOUNTS = ['100m', '1', '1000m', '0.5', '64Mi', '1Gi', '1024Mi', '1.5Gi', '2e3'];

/** The same amount is written in several ways. */
export const amountFor = (random: Random): string | number => pick<string | number>(random, [...AMOUNTS, 1, 2]);

/** A port by number or name, a share or a count. */
export function numberOrText(random: Random, field: string): string | number {
  return field === 'port' || field === 'targetPort'
    ? pick<string | number>(random, [80, 8080, 'http'])
    : pick<string | number>(random, [0, 1, 2, '25%', '50%']);
}
