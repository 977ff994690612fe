import { autoscaler, budget, findingsIn, policy, service, set, workload } from './rules/support';

/** A false verdict of a tool, by its public report. */
interface FalseVerdict {
  /** Where it was reported. */
  readonly report: string;
  readonly about: string;
  /** Manifests that were reported, or passed, wrongly. */
  readonly manifests: string;
  /** Rules that must not be found. */
  readonly silent: RegExp;
  /** The nearest manifests of which they are true, and the rule that is found. */
  readonly nearest?: readonly [manifests: string, rule: string];
}

const SPREAD =
  'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }]';
const limits = (ns: string) =>
  `{ apiVersion: v1, kind: LimitRange, metadata: { name: limits, namespace: ${ns} }, spec: { limits: [{ type: Container, default: { cpu: 1, memory: 1Gi }, defaultRequest: { cpu: 100m, memory: 1Gi } }] } }`;
// counts what 'security/tenant-quota' asks of every quota
const QUOTA =
  "{ apiVersion: v1, kind: ResourceQuota, metadata: { name: quota, namespace: shop }, spec: { hard: { requests.cpu: '4', services.loadbalancers: '0', services.nodeports: '0' } } }";
const CILIUM =
  '{ apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: deny, namespace: shop }, spec: { endpointSelector: {}, ingress: [], egress: [] } }';
const scaled = workload({ spec: '' });
const budgeted = (ns: string) => budget('maxUnavailable: 1', undefined, ns);

const VERDICTS: readonly FalseVerdict[] = [
  {
    report: 'stackrox/kube-linter#637',
    about: 'maxUnavailable: 1 over an autoscaler with a minimum of 4 lets pods be evicted',
    manifests: set(scaled, autoscaler('minReplicas: 4, maxReplicas: 8'), budget('maxUnavailable: 1')),
    silent: /^(?:disruption-budgets|availability)\/.*(?:budget|drains|replica)/,
    nearest: [
      set(scaled, autoscaler('minReplicas: 4, maxReplicas: 8'), budget('maxUnavailable: 0')),
      'disruption-budgets/blocks-drains',
    ],
  },
  {
    report: 'stackrox/kube-linter#894',
    about: 'topology spread constraints count as anti-affinity',
    manifests: set(workload({ spec: 'replicas: 3', pod: SPREAD }), budget('maxUnavailable: 1')),
    silent: /spread|affinity/,
    nearest: [workload({ spec: 'replicas: 3' }), 'availability/no-spread'],
  },
  {
    report: 'stackrox/kube-linter#608',
    about: 'the maximum of an autoscaler counts: at one pod at most there is nothing to spread or to keep',
    manifests: set(scaled, autoscaler('minReplicas: 1, maxReplicas: 1')),
    silent: /no-budget|no-spread/,
    nearest: [set(scaled, autoscaler('minReplicas: 1, maxReplicas: 2')), 'availability/no-budget'],
  },
  {
    report: 'FairwindsOps/polaris#1057',
    about: 'minAvailable is compared with the minimum of an autoscaler, not with its maximum',
    manifests: set(scaled, autoscaler('minReplicas: 11, maxReplicas: 20'), budget('minAvailable: 10')),
    silent: /^disruption-budgets\//,
    nearest: [
      set(scaled, autoscaler('minReplicas: 5, maxReplicas: 20'), budget('minAvailable: 10')),
      'disruption-budgets/blocks-drains',
    ],
  },
  {
    report: 'bridgecrewio/checkov#3910',
    about: 'manifests without a namespace get that of `helm install`, not the default one',
    manifests: set(workload(), service('selector: { app: web }, ports: [{ port: 80 }]')).replaceAll(
      ', namespace: shop',
      '',
    ),
    silent: /default-namespace/,
  },
  {
    report: 'derailed/popeye#214',
    about: 'an ExternalName selects no pods',
    manifests: set(workload(), service('type: ExternalName, externalName: a.example.com, selector: { app: x }')),
    silent: /^services\//,
    nearest: [set(workload(), service('selector: { app: x }, ports: [{ port: 80 }]')), 'services/selects-nothing'],
  },
  {
    report: 'aquasecurity/trivy#8635',
    about: 'a LimitRange and a quota are findings of nothing else, and the defaults of a LimitRange count',
    manifests: set(workload(), limits('shop'), QUOTA),
    silent: /requests|memory-limit|limit-range|quota/,
    nearest: [set(workload(), limits('other'), QUOTA), 'availability/requests'],
  },
  {
    report: 'devantler-tech/platform#2291',
    about: 'policies of Cilium isolate pods too',
    manifests: set(workload(), CILIUM),
    silent: /network-polic/,
  },
];

test.each(VERDICTS.map((verdict) => [verdict.report, verdict.about, verdict] as const))(
  '%s: %s',
  (_, __, { manifests, silent, nearest }) => {
    expect(findingsIn(manifests).filter(({ rule }) => silent.test(rule))).toEqual([]);
    if (nearest) {
      expect(findingsIn(nearest[0]).map(({ rule }) => rule)).toContain(nearest[1]);
    }
  },
);

test('bridgecrewio/checkov#7474: policies, budgets and defaults of one namespace change no finding of another', () => {
  const pods = workload({ spec: 'replicas: 2' });
  const of = (...documents: string[]) =>
    findingsIn(set(pods, ...documents)).filter(({ object }) => object?.namespace === 'shop');
  const alone = of();
  expect(alone.map(({ rule }) => rule)).toContain('availability/no-budget');
  expect(of(workload({ ns: 'other' }), policy('podSelector: {}', 'other'), budgeted('other'), limits('other'))).toEqual(
    alone,
  );
});

test('0 of 9 known false verdicts', () => {
  // the eight of the table, and the one about two namespaces
  expect(new Set(VERDICTS.map(({ report }) => report)).size + 1).toBe(9);
});
