import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Connectable, KubeObject, Tenant } from 'cdk8s-eks-patterns';
import { Construct } from 'constructs';
import { REPOSITORY } from '../app/support';
import {
  agent,
  appOf,
  job,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  scheduled,
  stateful,
  web,
  worker,
} from '../support/app';
import { errorsOf } from './support';

type Fn = () => unknown;

/** What a function of a user does by mistake; what it returns may be what is asked for. */
const MISTAKES: readonly (readonly [string, Fn])[] = [
  [
    'throws a TypeError',
    () => {
      throw new TypeError('no such thing');
    },
  ],
  [
    'throws nothing',
    () => {
      throw undefined;
    },
  ],
  ...[undefined, null, Number.NaN, 'a text', {}, [null], { status: 'unmet' }, Symbol('s')].map(
    (value) => [`returns ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`, () => value] as const,
  ),
  ['returns a Promise', () => Promise.resolve('late')],
];

/** Implements a method of an interface of cdk8s-plus. */
function peer(fn: Fn): Construct {
  const construct = new Construct(newTenant(), 'peer');
  return Object.assign(construct, { toNetworkPolicyPeerConfig: fn });
}

/** Every customized object of every pattern. */
const EDITED: readonly ((fn: never) => unknown)[] = [
  (fn) => web({ replicas: { min: 1, max: 3 }, customize: { deployment: fn, autoscaler: fn, serviceAccount: fn } }),
  (fn) => web({ memberPorts: [], customize: { service: fn, headlessService: fn, disruptionBudget: fn } }),
  (fn) => stateful({ replicas: 3, customize: { statefulSet: fn, headlessService: fn, networkPolicy: fn } }),
  (fn) => worker({ env: { A: 'b' }, files: { '/a': 'b' }, customize: { configMap: fn, filesConfigMap: fn } }),
  (fn) => agent({ alerts: true, verticalPodAutoscaler: 'recommend', customize: { prometheusRule: fn, daemonSet: fn } }),
  (fn) => job({ customize: { job: fn } }),
  (fn) => scheduled({ customize: { cronJob: fn } }),
  (fn) => worker({ metrics: { port: 9000, monitor: 'pod' }, customize: { podMonitor: fn } }),
  (fn) => newTenant({ customize: { namespace: fn, resourceQuota: fn, limitRange: fn, networkPolicy: fn } }),
  (fn) => newCluster(newApp(), { customize: { clusterConfig: fn } }),
  (fn) => worker().deployment.customize(fn),
  (fn) => {
    const metadata = { name: 'a' };
    return new KubeObject(newTenant(), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata }).customize(fn);
  },
];

/** By the type that declares the function; each makes a construct with it. */
const USES: Readonly<Record<string, readonly ((fn: never) => unknown)[]>> = {
  EnvSource: [
    ...PATTERN_NAMES.map((name) => (fn: never) => PATTERNS[name]({ env: { A: fn } })),
    (fn) => web({ sidecars: [{ name: 'proxy', image: 'a:1', env: { A: fn } }] }),
  ],
  FileContent: [
    ...PATTERN_NAMES.map((name) => (fn: never) => PATTERNS[name]({ files: { '/etc/a': fn } })),
    (fn) => web({ initContainers: [{ name: 'init', image: 'a:1', user: 1, files: { '/etc/a': fn } }] }),
  ],
  Edit: EDITED,
  'Requirement.check': [
    (fn) => web({ requires: [{ id: 'own/a', because: 'the test asks', check: fn }] }),
    (fn) => web({ requires: [{ id: 'own/a', because: 'the test asks', check: () => ({ status: (fn as Fn)() }) }] }),
  ],
  'Connectable.toConnectionTarget': [
    (fn) => web({ connectsTo: [{ toConnectionTarget: fn }] }),
    (fn) => {
      const made = web();
      made.connectTo({ toConnectionTarget: fn } as Connectable);
      return made;
    },
  ],
  'MemberSet.onMembers': [
    (fn) => stateful({ memberPorts: [], memberOf: [{ onMembers: fn, connectTo: () => undefined }] }),
  ],
  'MemberSet.connectTo': [
    (fn) =>
      stateful({ memberPorts: [], memberOf: [{ onMembers: () => web({}, newTenant(), 'other'), connectTo: fn }] }),
  ],
  'PlusNetworkPolicyPeer.toNetworkPolicyPeerConfig': [(fn) => web({ acceptsFrom: [peer(fn)] })],
};
/** What cdk8s-plus calls, not this library. */
const NOT_CALLED: readonly string[] = [
  'PlusPodSelector.toPodSelectorConfig',
  // of a Secret
  'OidcSecret.key',
  // of a Gateway
  'GatewayTarget.toGatewayTarget',
];

/** The functions that a user writes: types with an arrow, and methods of interfaces. */
function declared(): readonly string[] {
  const surface = fs.readFileSync(path.join(REPOSITORY, 'docs/api/surface.md'), 'utf8');
  const section = surface.split('## cdk8s-eks-patterns\n')[1]!.split('\n```\n')[0]!;
  const blocks = section.split(/\n(?=(?:abstract )?(?:class|interface|type|const) )/);
  return blocks.flatMap((block) => {
    const [, kind, name = ''] = /^(type|interface) (\w+)/.exec(block) ?? [];
    const methods = [...block.matchAll(/^ {4}(\w+)\(.*\): .*;$/gm)].map(([, method]) => `${name}.${method}`);
    // of a report, which the library gives
    const own = kind === 'interface' && name !== 'CapacityReport' && name !== 'ReviewContext' ? methods : [];
    const isFunction = kind === 'type' && name !== 'PortScope' && block.includes(') => ');
    return [...(isFunction ? [name] : []), ...own];
  });
}

/** Methods of what the library gives to functions and programs. */
const GIVEN = /^(?:\w*Self|PodReferences)\./;

test('every function that a user writes is here', () => {
  const known = [...Object.keys(USES), ...NOT_CALLED];
  expect(declared().filter((name) => !known.includes(name) && !GIVEN.test(name))).toEqual([]);
});

describe.each(Object.entries(USES))('a function of %s', (_type, uses) => {
  test.each(MISTAKES)('that %s is no bare error', (_mistake, fn) => {
    for (const use of uses) {
      // throws whatever is no error of the library
      for (const error of errorsOf(() => appOf(use(fn as never) as Construct))) {
        expect(error.findings.map(({ message, fix }) => [message === '', fix === undefined || fix === ''])).toEqual(
          error.findings.map(() => [false, false]),
        );
      }
    }
  });
});

test('defaults with a function for a value are refused where they are set', () => {
  const program = () => new Tenant(newCluster(), 'shop', { defaults: { labels: (() => ({})) as never } });
  expect(errorsOf(program).map(({ findings }) => [findings[0]!.rule, findings[0]!.field])).toEqual([
    ['props/type', 'defaults.labels'],
  ]);
});
