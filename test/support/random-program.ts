import { type Cluster, type EksApp, PatternError, Tenant, type Workload } from 'cdk8s-eks-patterns';
import { pick, type Random, seeded } from '../review/damage';
import { existingCluster, newApp, newCluster, PATTERN_NAMES, PATTERNS } from './app';
import { because, drawn, type Props } from './random/draw';
import { PATTERN_VALUES } from './random/pattern-values';
import { BUDGET_EDITS, type Edit, POD_EDITS, SERVICE_EDITS } from './random-edits';

export type PatternName = (typeof PATTERN_NAMES)[number];

/** The name of the controller of each pattern in `customize`. */
const CONTROLLERS: Readonly<Record<PatternName, string>> = {
  WebService: 'deployment',
  StatefulService: 'statefulSet',
  Worker: 'deployment',
  NodeAgent: 'daemonSet',
  BatchJob: 'job',
  ScheduledJob: 'cronJob',
  ScaledJob: 'scaledJob',
};

/** The tenants of random programs, by the level that they enforce. */
export const LEVELS = ['restricted', 'baseline', 'privileged'] as const;

/** A program of one to three workloads; undefined where a constructor refuses its props. */
export function randomProgram(seed: number): EksApp | undefined {
  const random = seeded(seed);
  return program(pick(random, [...LEVELS, 'restricted', 'restricted'] as const), (tenant) => {
    const count = 1 + Math.floor(random() * 3);
    const share = pick(random, [0.03, 0.06, 0.12]);
    for (let i = 0; i < count; i++) {
      const pattern = pick(random, PATTERN_NAMES);
      const props = consistent(drawn(PATTERN_VALUES[pattern], share, random, tenant));
      make(pattern, { ...props, ...edits(CONTROLLERS[pattern], random) }, tenant, `w${i}`);
    }
  });
}

/** A program of one workload, and its props. */
export interface RandomWorkload {
  readonly app: EksApp | undefined;
  readonly props: Props;
}

/**
 * A program of one workload; its app is undefined where the constructor refuses the props. Most are in a restricted tenant.
 * Some have few props, so that rare ones are accepted too, and some are of a cluster whose nodes are not known.
 */
export function randomWorkload(pattern: PatternName, seed: number): RandomWorkload {
  const random = seeded(seed);
  let props: Props = {};
  const level = pick(random, [...LEVELS, 'restricted', 'restricted', 'restricted'] as const);
  const cluster = pick(random, [newCluster, newCluster, existingCluster]);
  const fill = (tenant: Tenant) => {
    props = consistent(drawn(PATTERN_VALUES[pattern], pick(random, [0.05, 0.1, 0.2]), random, tenant));
    make(pattern, props, tenant, 'w0');
  };
  const app = program(level, fill, cluster);
  return { app, props };
}

const make = (pattern: PatternName, props: Props, tenant: Tenant, id: string): Workload =>
  (PATTERNS[pattern] as (props: Props, scope: Tenant, id: string) => Workload)(props, tenant, id);

function program(
  level: (typeof LEVELS)[number],
  fill: (tenant: Tenant) => void,
  cluster: (app: EksApp) => Cluster = newCluster,
): EksApp | undefined {
  const app = newApp();
  const podSecurity = level === 'restricted' ? {} : { podSecurity: { level, ...because } };
  try {
    fill(new Tenant(cluster(app), level, { quota: 'none', ...podSecurity }));
  } catch (e) {
    if (e instanceof PatternError) {
      return undefined;
    }
    throw e;
  }
  return app;
}

/** What the pods of a Job with a mesh call each other by. */
const MESH_ENV = {
  MASTER: (self: { leader: string }) => self.leader,
  ALL: (self: { hosts: readonly string[] }) => self.hosts.join(' '),
};

/** Without the names of containers that were not drawn, and with props of jobs that go together. */
export function consistent({ shared, ...props }: Props): Props {
  const named = (key: string, name: string) =>
    ((props[key] ?? []) as readonly { readonly name?: string }[]).find((one) => one.name === name);
  const proxy = named('sidecars', 'proxy') as { waitsFor?: unknown } | undefined;
  if (proxy && !named('initContainers', 'init')) {
    delete proxy.waitsFor;
  }
  const whole = proxy && shared ? { ...props, shared } : props;
  if (JSON.stringify(whole.onExit)?.includes('fail-index') && typeof whole.retries !== 'object') {
    whole.retries = { perIndex: 2 };
  }
  if (whole.elastic) {
    // nothing that counts completions
    return without({ ...whole, retries: { perIndex: 2 } }, 'parallelism', 'successPolicy', 'mesh', 'sharedStorage');
  }
  return whole.mesh ? without({ completions: 2, ...whole, env: MESH_ENV }, 'parallelism') : whole;
}

function without(props: Props, ...keys: readonly string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !keys.includes(key)));
}

/** Edits in half of the programs: of the controller, else of its Service or its budget. */
function edits(controller: string, random: Random): Props {
  if (random() < 0.5) {
    return {};
  }
  const [key, among] = pick<readonly [string, readonly Edit[]]>(random, [
    [controller, POD_EDITS],
    [controller, POD_EDITS],
    [controller, POD_EDITS],
    ...(['deployment', 'statefulSet'].includes(controller)
      ? ([
          ['service', SERVICE_EDITS],
          ['disruptionBudget', BUDGET_EDITS],
        ] as const)
      : []),
  ]);
  const edit = pick(random, among);
  // an edit runs at each rendering, and has to do the same each time
  const own = Math.floor(random() * 1e9);
  return { customize: { [key]: (object: never) => edit(object, seeded(own)) } };
}
