import { CONTROL_PLANE_TIERS } from '../../eks/versions';
import { describe } from '../../kube/describe';
import { clusterRule, count, entries, words } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

/** A duration as the components of Kubernetes read it. */
const DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const PORTS = 'kubeAPIServerConfig.serviceNodePortRange';
const SCORING = 'kubeSchedulerConfig.nodeResourcesFit.scoringStrategy';

/** What eksctl hands over to EKS unread. */
export const CONTROL_PLANE_RULES = [
  clusterRule(
    'X43',
    'aws',
    'controlPlaneScalingConfig.tier is a tier of EKS',
    ({ controlPlaneScalingConfig }, report) => {
      const tier = controlPlaneScalingConfig?.tier;
      if (isSet(tier) && !CONTROL_PLANE_TIERS.includes(tier)) {
        report.error(
          'controlPlaneScalingConfig.tier',
          `${describe(tier)} is no tier`,
          `write ${words(CONTROL_PLANE_TIERS)}`,
        );
      }
    },
  ),
  clusterRule('X44', 'aws', 'vpc.controlPlaneEgressMode is AWS_MANAGED or CUSTOMER_ROUTED', ({ vpc }, report) => {
    const mode = vpc?.controlPlaneEgressMode;
    if (isNonEmptyString(mode) && mode !== 'AWS_MANAGED' && mode !== 'CUSTOMER_ROUTED') {
      report.error('vpc.controlPlaneEgressMode', `'${mode}' is no way out`, "write 'AWS_MANAGED' or 'CUSTOMER_ROUTED'");
    }
  }),
  clusterRule('X45', 'aws', 'the control plane has subnets in two zones', ({ vpc }, report) => {
    if (count(vpc?.controlPlaneSubnetIDs) === 1) {
      report.error(
        'vpc.controlPlaneSubnetIDs',
        `EKS needs two subnets, and ${words(vpc?.controlPlaneSubnetIDs ?? [])} is one`,
        'name a subnet in another zone',
      );
    }
  }),
  clusterRule('X46', 'aws', 'the ports of NodePort Services are a range', ({ kubeAPIServerConfig }, report) => {
    const { minPort = 30000, maxPort = 32767 } = kubeAPIServerConfig?.serviceNodePortRange ?? {};
    for (const [key, port] of [['minPort', minPort] as const, ['maxPort', maxPort] as const]) {
      if (isSet(port) && (port < 1 || port > 65535)) {
        report.error(`${PORTS}.${key}`, `${port} is no port`, `write ${key === 'minPort' ? 30000 : 32767}`);
      }
    }
    if (isSet(minPort) && isSet(maxPort) && minPort > maxPort) {
      report.error(PORTS, `minPort ${minPort} is above maxPort ${maxPort}`, 'write { minPort: 30000, maxPort: 32767 }');
    }
  }),
  clusterRule(
    'X47',
    'aws',
    'nodes are scored by LeastAllocated or MostAllocated',
    ({ kubeSchedulerConfig }, report) => {
      const strategy = kubeSchedulerConfig?.nodeResourcesFit?.scoringStrategy;
      const type = strategy?.type;
      if (isSet(type) && type !== 'LeastAllocated' && type !== 'MostAllocated') {
        report.error(
          `${SCORING}.type`,
          `${describe(type)} is no strategy`,
          "write 'LeastAllocated' or 'MostAllocated'",
        );
      }
      for (const [{ weight }, path] of entries(strategy?.resources, `${SCORING}.resources`)) {
        if (isSet(weight) && (weight < 1 || weight > 100)) {
          report.error(`${path}.weight`, `the weight is ${weight}`, 'write 1 to 100');
        }
      }
    },
  ),
  clusterRule('X48', 'aws', 'durations of the control plane are durations', (config, report) => {
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
        report.error(path, `${describe(text)} is no duration`, `write for example '${example}'`);
      }
    }
  }),
];
