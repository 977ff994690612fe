import { CONTROL_PLANE_TIERS, FACTS_DATE } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, count, entries, words } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

/** A Kubernetes duration: '1h30m'. */
const DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const PORTS = 'kubeAPIServerConfig.serviceNodePortRange';
const SCORING = 'kubeSchedulerConfig.nodeResourcesFit.scoringStrategy';

/** Settings that eksctl passes to EKS without validation. */
export const CONTROL_PLANE_RULES = [
  clusterRule('X43', 'aws', 'controlPlaneScalingConfig.tier is known', ({ controlPlaneScalingConfig }, report) => {
    const tier = controlPlaneScalingConfig?.tier;
    if (isSet(tier) && !CONTROL_PLANE_TIERS.includes(tier)) {
      report.warning(
        'controlPlaneScalingConfig.tier',
        `unknown tier ${describe(tier)}, as of ${FACTS_DATE}`,
        `write ${words(CONTROL_PLANE_TIERS)}`,
      );
    }
  }),
  clusterRule('X44', 'aws', 'vpc.controlPlaneEgressMode is AWS_MANAGED or CUSTOMER_ROUTED', ({ vpc }, report) => {
    const mode = vpc?.controlPlaneEgressMode;
    if (isNonEmptyString(mode) && mode !== 'AWS_MANAGED' && mode !== 'CUSTOMER_ROUTED') {
      report.error(
        'vpc.controlPlaneEgressMode',
        `unknown egress mode '${mode}'`,
        "write 'AWS_MANAGED' or 'CUSTOMER_ROUTED'",
      );
    }
  }),
  clusterRule('X45', 'aws', 'controlPlaneSubnetIDs has subnets in at least two zones', ({ vpc }, report) => {
    if (count(vpc?.controlPlaneSubnetIDs) === 1) {
      report.error(
        'vpc.controlPlaneSubnetIDs',
        `must have at least two subnets, but has only ${words(vpc?.controlPlaneSubnetIDs ?? [])}`,
        'add a subnet in another zone',
      );
    }
  }),
  clusterRule('X46', 'aws', 'serviceNodePortRange is a valid port range', ({ kubeAPIServerConfig }, report) => {
    const { minPort = 30000, maxPort = 32767 } = kubeAPIServerConfig?.serviceNodePortRange ?? {};
    for (const [key, port] of [['minPort', minPort] as const, ['maxPort', maxPort] as const]) {
      if (isSet(port) && (port < 1 || port > 65535)) {
        report.error(
          `${PORTS}.${key}`,
          `must be 1 to 65535, but is ${port}`,
          `write ${key === 'minPort' ? 30000 : 32767}`,
        );
      }
    }
    if (isSet(minPort) && isSet(maxPort) && minPort > maxPort) {
      report.error(
        PORTS,
        `minPort must be at most maxPort, but ${minPort} > ${maxPort}`,
        'write { minPort: 30000, maxPort: 32767 }',
      );
    }
  }),
  clusterRule(
    'X47',
    'aws',
    'the scoring strategy is LeastAllocated or MostAllocated',
    ({ kubeSchedulerConfig }, report) => {
      const strategy = kubeSchedulerConfig?.nodeResourcesFit?.scoringStrategy;
      const type = strategy?.type;
      if (isSet(type) && type !== 'LeastAllocated' && type !== 'MostAllocated') {
        report.error(
          `${SCORING}.type`,
          `unknown scoring strategy ${describe(type)}`,
          "write 'LeastAllocated' or 'MostAllocated'",
        );
      }
      for (const [{ weight }, path] of entries(strategy?.resources, `${SCORING}.resources`)) {
        if (isSet(weight) && (weight < 1 || weight > 100)) {
          report.error(`${path}.weight`, `must be 1 to 100, but is ${weight}`, 'write 1 to 100');
        }
      }
    },
  ),
  clusterRule('X48', 'aws', 'eventTTL and horizontalPodAutoscalerSyncPeriod are durations', (config, report) => {
    const sync = config.kubeControllerManagerConfig?.horizontalPodAutoscalerControllerConfig;
    for (const [text, path, example] of [
      [config.kubeAPIServerConfig?.eventTTL, 'kubeAPIServerConfig.eventTTL', '1h'],
      [
        sync?.horizontalPodAutoscalerSyncPeriod,
        'kubeControllerManagerConfig.horizontalPodAutoscalerControllerConfig.horizontalPodAutoscalerSyncPeriod',
        '15s',
      ],
    ] as const) {
      if (isSet(text) && !DURATION.test(text)) {
        report.error(path, `invalid duration ${describe(text)}`, `write for example '${example}'`);
      }
    }
  }),
];
