import type { k8s } from 'cdk8s-eks-patterns';
import { reachability } from 'cdk8s-eks-patterns/review';
import { policyTypesOf } from '../../kube/reachability/network-policies';
import { refusal } from './harness/by-hand';
import { useCluster } from './harness/cluster';

const cluster = useCluster();
const egress = [{ to: [{ podSelector: {} }], ports: [{ port: 80 }] }];
const ingress = [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }];

const SPECS: readonly k8s.NetworkPolicySpec[] = [
  undefined,
  [],
  ['Ingress' as const],
  ['Egress' as const],
  ['Ingress', 'Egress'] as ('Ingress' | 'Egress')[],
].flatMap((policyTypes) =>
  [undefined, [], egress].flatMap((out) =>
    [undefined, [], ingress].map(
      (into): k8s.NetworkPolicySpec =>
        JSON.parse(JSON.stringify({ podSelector: {}, policyTypes, egress: out, ingress: into })),
    ),
  ),
);

/** The client calls `from` `_from`. */
const renamed = <T>(value: T, from: string, to: string): T =>
  JSON.parse(JSON.stringify(value).replaceAll(`"${from}":`, `"${to}":`));

async function create(name: string, spec: object): Promise<k8s.NetworkPolicySpec> {
  const made = (await cluster.kube.objects.create({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'default' },
    spec: renamed(spec, 'from', '_from'),
  } as never)) as { readonly spec: k8s.NetworkPolicySpec };
  return renamed(made.spec, '_from', 'from');
}

test('the API server completes the directions of a policy as reachability reads them', async () => {
  const found = await Promise.all(SPECS.map((spec, i) => create(`p${i}`, spec)));
  expect(found.map(({ policyTypes }) => policyTypes)).toEqual(SPECS.map(policyTypesOf));
  // and what it writes means the same as what was sent
  const verdicts = (spec: object) => {
    const pod = (name: string, namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [] },
    });
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p', namespace: 'default' },
      spec,
    };
    const reach = reachability([pod('a', 'default'), pod('b', 'default'), pod('c', 'other'), policy]);
    return reach.pods.flatMap((from) =>
      reach.pods.map((to) =>
        reach.ports(from, to).map(({ port, endPort, protocol }) => `${protocol} ${port}-${endPort}`),
      ),
    );
  };
  expect(found.map(verdicts)).toEqual(SPECS.map(verdicts));
});

test.each<[string, object, RegExp]>([
  ['a peer that says nothing', { ingress: [{ from: [{}] }] }, /must specify a peer/],
  ['a number in quotes', { ingress: [{ ports: [{ port: '80' }] }] }, /must contain at least one letter/],
  ['a range that begins with a name', { ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] }, /endPort/],
])('the API server refuses %s, which reachability need not understand', async (_what, spec, message) => {
  expect(await refusal(create('refused', { podSelector: {}, ...spec }))).toMatch(message);
});
