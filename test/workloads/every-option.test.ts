import * as lib from 'cdk8s-eks-patterns';
import { pick, seeded } from '../review/damage';
import { newCluster, newTenant, PATTERN_NAMES } from '../support/app';
import { drawn } from '../support/random/draw';
import { Options } from '../support/random/options';

/** Values are made by static factories of these classes. */
const {
  Authentication,
  Aws,
  Env,
  Expose,
  Image,
  InitContainer,
  Instrumentation,
  Mesh,
  Peer,
  Placement,
  Probe,
  Requirements,
  RouteMatch,
  ScaleMetric,
  ScaleTrigger,
  Secret,
  SecretSource,
  SharedVolume,
} = lib;
const FACTORIES = {
  Authentication,
  Aws,
  Env,
  Expose,
  Image,
  InitContainer,
  Instrumentation,
  Mesh,
  Peer,
  Placement,
  Probe,
  Requirements,
  RouteMatch,
  ScaleMetric,
  ScaleTrigger,
  Secret,
  SecretSource,
  SharedVolume,
};
/** Options that random programs do not have. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'Expose.targetGroup': 'a custom resource, which the API server here does not judge: test/network/expose.test.ts',
  'TargetGroupProps.arn': 'test/network/ways.test.ts',
  'TargetGroupProps.securityGroup': 'test/network/ways.test.ts',
  'Secret.fromSops': 'reads a file: test/config/committed-secrets.test.ts',
  'SopsProps.file': 'test/config/committed-secrets.test.ts',
  'SopsProps.keys': 'test/config/committed-secrets.test.ts',
  'Peer.domain': 'an error on node groups: test/network/domains.test.ts',
  'Peer.of': 'a workload of another app: test/bad-input/functions.test.ts',
  'KubeObject.[Symbol.hasInstance]': 'not a value of a prop: test/core/kube-object.test.ts',
  'Requirements.add': 'not a value of a prop: test/clusterconfig/requirements.test.ts',
  'PlusEnvValue.value': 'of cdk8s-plus: test/app/neighbours.test.ts',
  'PlusEnvValue.valueFrom': 'of cdk8s-plus: test/app/neighbours.test.ts',
  'TenantProps.customize': 'test/support/random/tenant-edits.ts',
  ...Object.fromEntries(PATTERN_NAMES.map((name) => [`${name}Props.customize`, 'test/support/random-edits.ts'])),
};
/** Types of custom resources, which the API server here does not judge; test/scaling/ does, by their definitions. */
const OF_DEFINITIONS =
  /^(?:\w+TriggerProps|Trigger\w+|Kafka\w+|Postgresql\w+|Prometheus\w+|AllowedStatement|ScaleFallback|JobScaling\w+|Canary\w+|ArgoRollout|Analysis)[.=]/;
const DRAWS = 600;

const options = new Options();
options.watch(FACTORIES);
type PatternValues = typeof import('../support/random/pattern-values');
type TenantValues = typeof import('../support/random/tenant-values');
let values: PatternValues['PATTERN_VALUES'];
let tenants: TenantValues;
// loaded once more: these modules call the factories when they are loaded
jest.isolateModules(() => {
  jest.doMock('cdk8s-eks-patterns', () => lib);
  values = jest.requireActual<PatternValues>('../support/random/pattern-values').PATTERN_VALUES;
  tenants = jest.requireActual<TenantValues>('../support/random/tenant-values');
});
jest.dontMock('cdk8s-eks-patterns');
afterAll(() => {
  jest.restoreAllMocks();
});

test('random programs have every option of the patterns', () => {
  for (const pattern of PATTERN_NAMES) {
    const tenant = newTenant({}, newCluster());
    for (let seed = 0; seed < DRAWS; seed++) {
      options.note(`${pattern}Props`, drawn(values[pattern], 0.5, seeded(seed * 7919 + 1), tenant));
    }
  }
  const all = options.allOf(...PATTERN_NAMES.map((name) => `${name}Props`), ...Object.keys(FACTORIES));
  expect(all.length).toBeGreaterThan(200);
  expect(
    all.filter((option) => !options.seen.has(option) && !(option in ELSEWHERE) && !OF_DEFINITIONS.test(option)),
  ).toEqual([]);
});

test('random tenants have every option of a Tenant', () => {
  const cluster = newCluster();
  const scope = newTenant({}, cluster);
  for (let seed = 0; seed < DRAWS; seed++) {
    const random = seeded(seed * 7919 + 1);
    const podSecurity = tenants.podSecurity(pick(random, tenants.POD_SECURITY))(random, scope);
    options.note('TenantProps', { podSecurity, ...drawn(tenants.TENANT_VALUES, 0.5, random, scope) });
  }
  const all = options.allOf('TenantProps', 'Mesh');
  expect(all.length).toBeGreaterThan(100);
  expect(
    all.filter((option) => !options.seen.has(option) && !(option in ELSEWHERE) && !OF_DEFINITIONS.test(option)),
  ).toEqual([]);
});
