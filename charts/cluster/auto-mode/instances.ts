import { architectureOf, isInstanceType } from '../../../eks/instance-types';
import { ARCH, AUTO_PREFIX, CAPACITY_TYPE, INSTANCE_TYPE, ZONE } from '../../../eks/node-labels';
import type { Architecture } from '../../../eks/values';
import type { NodePoolSpecTemplateSpecRequirements } from '../../../imports/karpenter';
import { describe } from '../../../kube/describe';
import type { Check } from '../../core/check';
import type { NodePoolProps } from './node-pool-props';

type Condition = NodePoolSpecTemplateSpecRequirements;

const FAMILY = /^[a-z]+\d[a-z0-9]*(?:-[a-z0-9]+)*$/;
const OLDEST = 5;

/** Which instances a pool makes, in Karpenter's spelling and the order of this list. */
export function instanceConditions(check: Check, props: NodePoolProps, region: string): Condition[] {
  const { instanceTypes, instanceFamilies, instanceSizes, instanceCpus, zones } = props;
  const types = texts(check, 'instanceTypes', instanceTypes, isInstanceType, "'m7g.large'");
  const families = texts(check, 'instanceFamilies', instanceFamilies, (v) => FAMILY.test(v), "'m7g'");
  const sizes = texts(
    check,
    'instanceSizes',
    instanceSizes,
    (v) => /^(?:\d*xlarge|large|medium|metal\S*)$/.test(v),
    "'2xlarge'",
  );
  const places = texts(check, 'zones', zones, (v) => new RegExp(`^${region}[a-z]$`).test(v), `'${region}a'`);
  const kindsOf = [instanceFamilies, instanceSizes, instanceCpus, props.instanceCategories, props.minGeneration];
  if (types && kindsOf.some((kind) => kind !== undefined)) {
    check.fail("'instanceTypes' excludes what else says which instances", 'keep the types, or the kinds of them');
  }
  const architectures = resolveArchitectures(check, props.architectures, [
    ...(types ?? []),
    ...(families ?? []).map((f) => `${f}.`),
  ]);
  const isIn = (key: string, values: readonly string[] | undefined): Condition[] =>
    values ? [{ key, operator: 'In', values: [...values] }] : [];
  return [
    ...isIn(ARCH, architectures),
    ...isIn(CAPACITY_TYPE, resolveCapacity(check, props.capacityTypes)),
    ...isIn(INSTANCE_TYPE, types),
    ...(types ? [] : kinds(check, props, families)),
    ...isIn(`${AUTO_PREFIX}instance-size`, sizes),
    ...isIn(
      `${AUTO_PREFIX}instance-cpu`,
      instanceCpus?.map((n) => String(check.integer('an entry of instanceCpus', n, 2))),
    ),
    ...isIn(ZONE, places),
    ...(props.requirements ?? []).map((condition) => ({ ...condition })),
  ];
}

function kinds(check: Check, props: NodePoolProps, families: readonly string[] | undefined): Condition[] {
  const letters = texts(check, 'instanceCategories', props.instanceCategories, (v) => /^[a-z]+$/.test(v), "'m'");
  const categories = letters ?? (families ? undefined : ['c', 'm', 'r']);
  const oldest = props.minGeneration ?? (families ? undefined : OLDEST);
  return [
    ...(categories
      ? [{ key: `${AUTO_PREFIX}instance-category`, operator: 'In' as const, values: [...categories] }]
      : []),
    ...(families ? [{ key: `${AUTO_PREFIX}instance-family`, operator: 'In' as const, values: [...families] }] : []),
    ...(oldest === undefined
      ? []
      : [
          {
            key: `${AUTO_PREFIX}instance-generation`,
            operator: 'Gt' as const,
            values: [String(check.integer('minGeneration', oldest, 1) - 1)],
          },
        ]),
  ];
}

/** What is named decides; said and named must agree, or no node is ever made. */
function resolveArchitectures(
  check: Check,
  given: readonly Architecture[] | undefined,
  named: readonly string[],
): readonly Architecture[] {
  const found = [...new Set(named.map(architectureOf))].sort();
  const architectures = given ?? (found.length > 0 ? found : ['amd64']);
  for (const architecture of architectures) {
    check.oneOf('an entry of architectures', architecture, ['amd64', 'arm64']);
  }
  if (architectures.length === 0) {
    check.fail('architectures is empty', "write ['amd64'], ['arm64'] or both");
  }
  const odd = named.find((name) => !architectures.includes(architectureOf(name)));
  if (odd !== undefined) {
    check.fail(
      `'${odd.replace(/\.$/, '')}' is ${architectureOf(odd)}, and architectures is ${describe(architectures)}`,
      'leave architectures out: what is named decides',
    );
  }
  return architectures;
}

function resolveCapacity(check: Check, given: readonly string[] | undefined): readonly string[] {
  const types = given ?? ['on-demand'];
  for (const type of types) {
    check.oneOf('an entry of capacityTypes', type, ['on-demand', 'spot']);
  }
  if (types.length === 0) {
    check.fail('capacityTypes is empty', "write ['on-demand'], ['spot'] or both");
  }
  return types;
}

/** A list of texts of a shape, each once; an empty one would make no node. */
function texts(
  check: Check,
  what: string,
  given: readonly string[] | undefined,
  fits: (value: string) => boolean,
  example: string,
): readonly string[] | undefined {
  if (given === undefined) {
    return undefined;
  }
  if (!Array.isArray(given) || given.length === 0 || new Set(given).size !== given.length) {
    check.fail(`${what} is ${describe(given)}`, `write a list such as [${example}], each once, or leave it out`);
  }
  const wrong = given.find((value) => typeof value !== 'string' || !fits(value));
  if (wrong !== undefined) {
    check.fail(`${what} has ${describe(wrong)}`, `write for example ${example}`);
  }
  return given;
}
