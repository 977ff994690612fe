import type { k8s } from 'cdk8s-eks-patterns';
import { type Edge, type OpenPorts, type PodObject, type Reachability, reachability } from 'cdk8s-eks-patterns/review';
import type { IConstruct } from 'constructs';
import { defaultsOf } from '../../charts/app/defaults';
import { clusterOf } from '../../charts/core/cluster-context';
import { podContainers } from '../../kube/pod-containers';
import { type RunProgram, runProgram } from './declared';
import { givensOf, inNamespace, type Line, nameOf, type Surroundings } from './givens';
import { tunnelsOf } from './mesh-givens';
import { type Manifest, manifests, PROGRAMS, type Program } from './programs';

const runs = new Map<string, RunProgram>();
beforeAll(() => {
  for (const program of PROGRAMS) {
    runs.set(program.name, runProgram(program));
  }
}, 120_000);

test.each(PROGRAMS)(
  '$name: pods reach what is declared and what docs/connections.md lists, and nothing more',
  (program) => {
    const run = runs.get(program.name)!;
    const { reach, all } = read(program, run);
    expect(matrixOf(reach)).toEqual(expectedOf(run, reach.pods, all));
  },
);

test('a policy that is missing or allows one thing more would be found', () => {
  const [program] = PROGRAMS as [Program];
  const run = runs.get(program.name)!;
  const matrix = matrixOf(read(program, run).reach);
  const policies = read(program, run).all.filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.length).toBeGreaterThan(10);
  for (const { metadata } of policies.filter(({ spec }) => spec.egress)) {
    const changed = (change: (one: Manifest) => Manifest | undefined) =>
      matrixOf(
        read(program, run, (one) =>
          one.kind === 'NetworkPolicy' && one.metadata.name === metadata.name ? change(one) : one,
        ).reach,
      );
    expect(changed(() => undefined)).not.toEqual(matrix);
    const more = { to: [{ podSelector: {} }], ports: [{ port: 9999, protocol: 'TCP' }] };
    const open = { from: [{ namespaceSelector: {} }], ports: [{ port: 9999, protocol: 'TCP' }] };
    expect(
      changed((one) => ({ ...one, spec: { ...one.spec, egress: [...one.spec.egress, more], ingress: [open] } })),
    ).not.toEqual(matrix);
  }
});

test('the programs show each of these at least once', () => {
  const lines = PROGRAMS.flatMap((program) => matrixOf(read(program, runs.get(program.name)!).reach));
  const shown = [
    /kube-dns/,
    /169\.254\.20\.10/,
    /10\.100\.0\.10/,
    /169\.254\.170\.23/,
    /fd00:ec2::23/,
    /10\.100\.0\.1\//,
    /istiod/,
    /169\.254\.7\.127/,
    /169\.254\.171\.0/,
    /TCP 15008/,
  ];
  const more = [
    /monitoring.* -> /,
    /192\.168\.0\.0\/19.* -> /,
    /192\.168\.96\.0\/19.* -> /,
    /^(\S+) -> \1 /,
    /except/,
    /\?$/,
  ];
  expect([...shown, ...more].filter((one) => !lines.some((line) => one.test(line)))).toEqual([]);
  expect(lines.length).toBeGreaterThan(400);
});

/** The committed manifests of a program. */
function read(program: Program, { app }: RunProgram, change = (one: Manifest): Manifest | undefined => one) {
  const all = manifests(program).flatMap(({ manifest }) => change(manifest) ?? []);
  const isIPv6 = clusterOf(app)?.ipFamily === 'IPv6';
  return { all, reach: reachability(all, isIPv6 ? { podRanges: ['::/0'] } : {}) };
}

const matrixOf = ({ edges }: Reachability): Line[] => [...new Set(edges.flatMap(linesOf))].sort();

/** The matrix as declarations and the list of givens have it. */
function expectedOf(run: RunProgram, pods: readonly PodObject[], all: readonly Manifest[]): Line[] {
  const workloadOf = new Map(pods.map((pod) => [pod, constructOf(run, pod)]));
  const podsOf = (construct: IConstruct | undefined) => pods.filter((pod) => workloadOf.get(pod) === construct);
  const line = (from: PodObject, to: string, { port, protocol }: k8s.NetworkPolicyPort, mark = '') =>
    `${nameOf(from)} -> ${to} ${protocol} ${port}${mark}`;
  const propsOf = (pod: PodObject) => run.workloads.get(workloadOf.get(pod)!)?.props;
  const metricsPortOf = (pod: PodObject) => metricsOf(workloadOf.get(pod));
  const connections = run.declared.flatMap(({ by, target: { peers, ports, workload }, scrapes }) =>
    podsOf(by).flatMap((from) => [
      ...ports.flatMap((port) => peers.map((peer) => line(from, JSON.stringify(peer), port))),
      // a workload with peers is called by the address of its node
      ...ports.flatMap((port) =>
        podsOf(workload).map((to) => line(from, nameOf(to), port, peers.length > 0 ? '?' : '')),
      ),
      ...pods.flatMap((to) => {
        const port = scrapes && to !== from ? metricsPortOf(to) : undefined;
        return port === undefined ? [] : [line(from, nameOf(to), { port, protocol: 'TCP' })];
      }),
    ]),
  );
  const given: Surroundings = {
    manifests: all,
    config: all.find(isConfig),
    loadBalancerSubnets: clusterOf(run.app)?.loadBalancerSubnets,
    scraper: scraperOf(run, pods),
    metricsPortOf,
    callsAws: (pod) => propsOf(pod)?.aws !== undefined,
  };
  const givens = pods.flatMap((pod) => [...givensOf(pod, given), ...membersOf(pod, propsOf(pod))]);
  const bootstraps = bootstrapsOf(run, pods);
  const tunnels = tunnelsOf([...connections, ...givens, ...bootstraps], all);
  return [...new Set([...connections, ...givens, ...bootstraps, ...tunnels])].sort();
}

/** By the label that selects its pods, which is the name of the workload. */
function constructOf({ workloads }: RunProgram, { namespace, labels }: PodObject): IConstruct | undefined {
  const name = labels['app.kubernetes.io/name'];
  return [...workloads].find(([, one]) => one.namespace === namespace && one.name === name)?.[0];
}

function metricsOf(workload: IConstruct | undefined): number | undefined {
  const { shape } = (workload ?? {}) as { readonly shape?: { readonly metrics?: { readonly port: number } } };
  return shape?.metrics?.port;
}

function scraperOf({ app }: RunProgram, pods: readonly PodObject[]): k8s.NetworkPolicyPeer | undefined {
  const { namespace = 'monitoring', podLabels } = defaultsOf(app).scraper ?? {};
  return pods.some((pod) => pod.namespace === namespace)
    ? undefined
    : { ...inNamespace(namespace), ...(podLabels ? { podSelector: { matchLabels: { ...podLabels } } } : {}) };
}

/** Members of a set call each other on all their ports, so do those of a service with `memberPorts`, and Jobs on those of `mesh`. */
function membersOf(pod: PodObject, props: Readonly<Record<string, unknown>> | undefined): Line[] {
  if (props?.mesh !== undefined) {
    const { port, anyPort } = props.mesh as { readonly port: number; readonly anyPort?: boolean };
    return [`${nameOf(pod)} -> ${nameOf(pod)} TCP ${anyPort ? '1-65535' : port}`];
  }
  const { kind, spec = {} } = pod.manifest as { kind: string; spec?: { readonly replicas?: number } };
  const isSet = kind === 'StatefulSet' && (spec.replicas ?? 1) > 1;
  return isSet || (kind === 'Deployment' && props?.memberPorts !== undefined)
    ? podContainers(pod)
        .flatMap(({ container }) => container.ports ?? [])
        .map(({ containerPort, protocol = 'TCP' }) => `${nameOf(pod)} -> ${nameOf(pod)} ${protocol} ${containerPort}`)
    : [];
}

/** The Job of `bootstrap` calls the ports of clients of its set. */
function bootstrapsOf(run: RunProgram, pods: readonly PodObject[]): Line[] {
  return [...run.workloads].flatMap(([construct, { name, namespace, props }]) => {
    const { shape } = construct as unknown as {
      readonly shape: { readonly clientPorts: readonly k8s.NetworkPolicyPort[] };
    };
    const jobs = pods.filter((pod) => nameOf(pod).startsWith(`${namespace}/${name}-bootstrap-`));
    return props.bootstrap === undefined
      ? []
      : jobs.flatMap((job) =>
          shape.clientPorts.map(({ port, protocol }) => `${nameOf(job)} -> ${namespace}/${name} ${protocol} ${port}`),
        );
  });
}

function isConfig(manifest: Manifest): boolean {
  return manifest.apiVersion.startsWith('eksctl.io/');
}

/** One line a port; of more than a few ports together. */
function linesOf({ from, to, ports }: Edge): Line[] {
  return ports.flatMap((open) => portsOf(open).map((port) => `${endOf(from)} -> ${endOf(to)} ${port}`));
}

function portsOf({ protocol, port, endPort, certain }: OpenPorts): string[] {
  const mark = certain ? '' : '?';
  return endPort - port < 10
    ? Array.from({ length: endPort - port + 1 }, (_, i) => `${protocol} ${port + i}${mark}`)
    : [`${protocol} ${port}-${endPort}${mark}`];
}

function endOf(end: Edge['from']): string {
  return 'manifest' in end ? nameOf(end) : JSON.stringify(end.peer ?? 'anywhere');
}
