import { Expose } from 'cdk8s-eks-patterns';
import { pick, type Random, seeded } from '../../review/damage';
import { agent, IMAGE, job, scheduled, stateful, web, worker } from '../../support/app';
import { type Edit, NEW_IMAGE, type Program, SCHEDULE, SMALL } from './edit';

type Fields = Readonly<Record<string, unknown>>;

/** A workload of a drawn program. */
interface Drawn {
  readonly pattern: 'web' | 'worker' | 'stateful' | 'agent' | 'job' | 'scheduled';
  readonly props: Fields;
  /** Of the controller's spec, over what the pattern writes. */
  readonly spec: Fields;
  /** Annotations of the pods. */
  readonly annotations: Fields;
  readonly tenant: Fields;
  /** Another workload in the namespace, which stays as it is. */
  readonly beside: boolean;
  readonly present: boolean;
}

const PATTERNS = { web, worker, stateful, agent, job, scheduled } as const;
const CONTROLLERS = {
  web: 'deployment',
  worker: 'deployment',
  stateful: 'statefulSet',
  agent: 'daemonSet',
  job: 'job',
  scheduled: 'cronJob',
} as const;

function programOf({ pattern, props, spec, annotations, tenant, beside, present }: Drawn): Program {
  const customize = {
    [CONTROLLERS[pattern]]: (object: { spec: Record<string, unknown> }) => {
      Object.assign(object.spec, structuredClone(spec));
      const template = object.spec.template as { metadata: { annotations?: object } } | undefined;
      if (template && Object.keys(annotations).length > 0) {
        template.metadata.annotations = { ...template.metadata.annotations, ...annotations };
      }
    },
  };
  return (place) => {
    const own = place.tenant(tenant);
    if (present) {
      PATTERNS[pattern]({ ...props, customize }, own);
    }
    if (beside || !present) {
      worker({ ...SMALL, replicas: 1 }, own, 'beside');
    }
  };
}

/** A change of a workload: its name, and what is the case before and after it; undefined where there is no such change. */
type Change = (
  drawn: Drawn,
  random: Random,
) => readonly [name: string, before: Drawn, after: Drawn, stuck?: true] | undefined;

const props = (drawn: Drawn, more: Fields): Drawn => ({ ...drawn, props: { ...drawn.props, ...more } });
const spec = (drawn: Drawn, more: Fields): Drawn => ({ ...drawn, spec: { ...drawn.spec, ...more } });
const isDeployment = ({ pattern }: Drawn) => pattern === 'web' || pattern === 'worker';
const isScaled = (drawn: Drawn) => isDeployment(drawn) || drawn.pattern === 'stateful';
const countOf = (drawn: Drawn) => Number(drawn.props.replicas);
const sized = (cpu: number, memory: number) => ({ resources: { cpu: `${cpu}m`, memory: `${memory}Mi` } });
const newImage = (drawn: Drawn) => props(drawn, { image: NEW_IMAGE });

const ofAll: readonly Change[] = [
  (d) => ['image', d, newImage(d)],
  (d) => ['env', props(d, { env: { LEVEL: 'info' } }), props(d, { env: { LEVEL: 'debug' } })],
  (d) => ['nothing', d, d],
  (d) => {
    // it changes every workload of the tenant
    const of = (team: string): Drawn => ({ ...d, beside: false, tenant: { ...d.tenant, team } });
    return ['team', of('a'), of('b')];
  },
  (d) => ['taken out', { ...d, beside: true }, { ...d, beside: true, present: false }],
  (d) =>
    d.pattern === 'job' || d.pattern === 'scheduled'
      ? undefined
      : ['annotation of the pods', d, { ...d, annotations: { 'example.com/a': 'b' } }],
];

const ofScaled: readonly Change[] = [
  (d, random) => ['more', d, props(d, { replicas: countOf(d) + pick(random, [1, 2]) })],
  (d) => ['fewer', props(d, { replicas: countOf(d) + 1 }), d],
  (d, random) => ['image and more', d, newImage(props(d, { replicas: countOf(d) + pick(random, [1, 2]) }))],
  (d) => ['image and fewer', props(d, { replicas: countOf(d) + 1 }), newImage(d)],
  (d) => ['resources, more', props(d, sized(40, 48)), props(d, sized(80, 96))],
  (d) => ['resources, down to a half', props(d, sized(80, 96)), props(d, sized(40, 48))],
  (d) => ['resources, down to an eighth', props(d, sized(160, 192)), props(d, sized(20, 24)), true],
  (d) => [
    'image, where a readiness time is asked for',
    spec(d, { minReadySeconds: 2 }),
    newImage(spec(d, { minReadySeconds: 2 })),
  ],
];

const ofDeployments: readonly Change[] = [
  (d, random) => ['strategy', d, spec(d, strategy(random))],
  (d) => ['image, recreated', spec(d, RECREATE), newImage(spec(d, RECREATE))],
  (d) => {
    const scaled = { replicas: { min: countOf(d), max: countOf(d) + 3 } };
    return ['to an autoscaler', d, props(d, scaled)];
  },
  (d) => {
    const min = Math.max(countOf(d), 2);
    return ['to a fixed count', props(d, { replicas: { min, max: 8 } }), props(d, { replicas: min + 1 })];
  },
  (d) => {
    const scaled = (min: number) => props(d, { replicas: { min, max: 8 } });
    return ['a higher least of the autoscaler', scaled(countOf(d)), scaled(countOf(d) + 1)];
  },
  (d) => [
    'image, with an autoscaler',
    props(d, { replicas: { min: 2, max: 4 } }),
    newImage(props(d, { replicas: { min: 2, max: 4 } })),
  ],
  (d) =>
    d.pattern === 'web'
      ? ['expose', d, props(d, { expose: Expose.alb({ scheme: 'internal', host: 'shop.example.com' }) })]
      : undefined,
  (d) => ['image and paused', spec(d, { paused: false }), newImage(spec(d, { paused: true }))],
];

const ofStateful: readonly Change[] = [
  (d, random) => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: pick(random, [1, 2, 5]) } };
    return ['image, with a partition', spec(d, { updateStrategy }), newImage(spec(d, { updateStrategy }))];
  },
  (d) => ['image, on delete', spec(d, ON_DELETE), newImage(spec(d, ON_DELETE))],
  (d) => ['order', d, spec(d, { podManagementPolicy: 'Parallel' })],
  (d) => [
    'image, in parallel',
    spec(d, { podManagementPolicy: 'Parallel' }),
    newImage(spec(d, { podManagementPolicy: 'Parallel' })),
  ],
];

const ofAgents: readonly Change[] = [
  (d, random) => {
    const rollingUpdate = pick(random, [
      { maxUnavailable: 2 },
      { maxUnavailable: '20%' },
      { maxUnavailable: 0, maxSurge: 1 },
    ]);
    const own = { updateStrategy: { type: 'RollingUpdate', rollingUpdate } };
    return ['image, by another strategy', spec(d, own), newImage(spec(d, own))];
  },
  (d) => ['image, on delete', spec(d, ON_DELETE), newImage(spec(d, ON_DELETE))],
];

const RECREATE = { strategy: { type: 'Recreate' } };
const ON_DELETE = { updateStrategy: { type: 'OnDelete' } };

function strategy(random: Random): Fields {
  const [maxSurge, maxUnavailable] = pick(random, [
    [1, 0],
    [0, 1],
    [1, 1],
    [2, 1],
    ['50%', '34%'],
    ['25%', '25%'],
    [0, '50%'],
    [3, 0],
  ] as const);
  return { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } };
}

/** A program of one workload that changes, the same for the same seed. */
export function drawnEdit(seed: number): Edit {
  const random = seeded(seed);
  for (;;) {
    const drawn = workload(random);
    const change = pick(random, [
      ...ofAll,
      ...(isScaled(drawn) ? ofScaled : []),
      ...(isDeployment(drawn) ? ofDeployments : []),
      ...(drawn.pattern === 'stateful' ? ofStateful : []),
      ...(drawn.pattern === 'agent' ? ofAgents : []),
    ])(drawn, random);
    if (change) {
      const [name, before, after, stuck] = change;
      return {
        edit: `${seed}: ${name} of a ${drawn.pattern} ${JSON.stringify([drawn.props.replicas, drawn.spec, drawn.tenant])}`,
        before: programOf(before),
        after: programOf(after),
        advice: '',
        ...(stuck ? { stuck } : {}),
      };
    }
  }
}

function workload(random: Random): Drawn {
  const pattern = pick(random, [
    'web',
    'web',
    'worker',
    'worker',
    'stateful',
    'stateful',
    'agent',
    'job',
    'scheduled',
  ] as const);
  const tenant = random() < 0.5 && pattern !== 'agent' ? {} : { quota: 'none' };
  const base = { ...SMALL, image: IMAGE };
  const common = { pattern, annotations: {}, tenant, beside: random() < 0.3, present: true };
  switch (pattern) {
    case 'web':
    case 'worker':
      return {
        ...common,
        props: { ...base, replicas: pick(random, [1, 2, 3, 4, 5]) },
        spec: random() < 0.6 ? strategy(random) : {},
      };
    case 'stateful':
      // the default of 10 s for each member would only make the tests longer
      return {
        ...common,
        props: { ...base, replicas: pick(random, [1, 2, 3]) },
        spec: { minReadySeconds: pick(random, [0, 1]) },
      };
    case 'scheduled':
      return { ...common, props: { ...base, schedule: SCHEDULE }, spec: {} };
    default:
      return { ...common, props: base, spec: {} };
  }
}
