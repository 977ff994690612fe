import { architectureOf, isInstanceType } from '../../../eks/instance-types';
import { ARCH, AUTO_PREFIX, CAPACITY_TYPE, INSTANCE_TYPE, KARPENTER_PREFIX, ZONE } from '../../../eks/node-labels';
import type { Architecture } from '../../../eks/values';
import type { NodePoolSpecTemplateSpecRequirements } from '../../../imports/karpenter';
import { describe } from '../../../kube/describe';
import type { Check } from '../../core/check';
import { checkItems, ruleOf } from '../rule-of';
import type { NodePoolProps } from './node-pool-props';
import type { NodeMaker } from './scope';

type Condition = NodePoolSpecTemplateSpecRequirements;

const FAMILY = /^[a-z]+\d[a-z0-9]*(?:-[a-z0-9]+)*$/;
const OLDEST = 5;
const SIZES = {
  auto: /^(?:\d*xlarge|large|medium|metal\S*)$/,
  karpenter: /^(?:\d*xlarge|large|medium|small|micro|nano|metal\S*)$/,
} as const;

/** The instances of a pool as Karpenter's requirements, in a fixed order. */
export function instanceConditions(
  check: Check,
  props: NodePoolProps,
  { region, maker }: { readonly region: string; readonly maker: NodeMaker },
): Condition[] {
  const prefix = maker === 'auto' ? AUTO_PREFIX : KARPENTER_PREFIX;
  const { instanceTypes, instanceFamilies, instanceSizes, instanceCpus, zones } = props;
  const types = strings(check, 'instanceTypes', instanceTypes, isInstanceType, "'m7g.large'");
  const families = strings(check, 'instanceFamilies', instanceFamilies, (v) => FAMILY.test(v), "'m7g'");
  const sizes = strings(check, 'instanceSizes', instanceSizes, (v) => SIZES[maker].test(v), "'2xlarge'");
  const places = strings(check, 'zones', zones, (v) => new RegExp(`^${region}[a-z]$`).test(v), `'${region}a'`);
  const kindsOf = [instanceFamilies, instanceSizes, instanceCpus, props.instanceCategories, props.minGeneration];
  if (types && kindsOf.some((kind) => kind !== undefined)) {
    check.fail(
      'forbidden',
      'instanceTypes',
      'instanceTypes excludes the other props that select instances: categories, families, sizes, CPUs and minGeneration',
      'keep instanceTypes, or the other props',
    );
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
    ...(types ? [] : kinds(check, props, families, prefix)),
    ...isIn(`${prefix}instance-size`, sizes),
    ...isIn(
      `${prefix}instance-cpu`,
      instanceCpus?.map((n, i) => String(check.integer(`instanceCpus[${i}]`, n, 2))),
    ),
    ...isIn(ZONE, places),
    ...(props.requirements ?? []).map((condition) => ({ ...condition })),
  ];
}

function kinds(
  check: Check,
  props: NodePoolProps,
  families: readonly string[] | undefined,
  prefix: string,
): Condition[] {
  const letters = strings(check, 'instanceCategories', props.instanceCategories, (v) => /^[a-z]+$/.test(v), "'m'");
  const categories = letters ?? (families ? undefined : ['c', 'm', 'r']);
  const oldest = props.minGeneration ?? (families ? undefined : OLDEST);
  return [
    ...(categories ? [{ key: `${prefix}instance-category`, operator: 'In' as const, values: [...categories] }] : []),
    ...(families ? [{ key: `${prefix}instance-family`, operator: 'In' as const, values: [...families] }] : []),
    ...(oldest === undefined
      ? []
      : [
          {
            key: `${prefix}instance-generation`,
            operator: 'Gt' as const,
            values: [String(check.integer('minGeneration', oldest, 1) - 1)],
          },
        ]),
  ];
}

/** Types and families imply architectures; given ones must match them, or the pool would never create a node. */
function resolveArchitectures(
  check: Check,
  given: readonly Architecture[] | undefined,
  named: readonly string[],
): readonly Architecture[] {
  const found = [...new Set(named.map(architectureOf))].sort();
  const architectures = given ?? (found.length > 0 ? found : ['amd64']);
  for (const [i, architecture] of architectures.entries()) {
    check.oneOf(`architectures[${i}]`, architecture, ['amd64', 'arm64']);
  }
  if (architectures.length === 0) {
    check.fail('invalid', 'architectures', 'architectures must not be empty', "write ['amd64'], ['arm64'] or both");
  }
  const odd = named.find((name) => !architectures.includes(architectureOf(name)));
  if (odd !== undefined) {
    check.fail(
      'forbidden',
      'architectures',
      `architectures must include ${architectureOf(odd)}, which '${odd.replace(/\.$/, '')}' is, but is ${describe(architectures)}`,
      'leave architectures out: the types and families imply it',
    );
  }
  return architectures;
}

function resolveCapacity(check: Check, given: readonly string[] | undefined): readonly string[] {
  const types = given ?? ['on-demand'];
  for (const [i, type] of types.entries()) {
    check.oneOf(`capacityTypes[${i}]`, type, ['on-demand', 'spot']);
  }
  if (types.length === 0) {
    check.fail('invalid', 'capacityTypes', 'capacityTypes must not be empty', "write ['on-demand'], ['spot'] or both");
  }
  return types;
}

/** Validates a list of unique strings; an empty one would never create a node. */
function strings(
  check: Check,
  field: string,
  given: readonly string[] | undefined,
  fits: (value: string) => boolean,
  example: string,
): readonly string[] | undefined {
  if (given === undefined) {
    return undefined;
  }
  checkItems(check, field, given, 'entry', `write for example [${example}], or leave it out`);
  if (new Set(given).size !== given.length) {
    check.fail('duplicate', field, `${field} must be unique, but is ${describe(given)}`, 'list each entry once');
  }
  const wrong = given.findIndex((value) => typeof value !== 'string' || !fits(value));
  if (wrong >= 0) {
    check.fail(
      ruleOf(given[wrong]),
      `${field}[${wrong}]`,
      `invalid entry ${describe(given[wrong])} in ${field}`,
      `write for example ${example}`,
    );
  }
  return given;
}
