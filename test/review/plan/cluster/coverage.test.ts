import * as fc from 'fast-check';
import { ClusterConfig } from '../../../../eksctl';
import { isObject, type Loose } from '../../../../kube/loose';
import { withDefaults } from '../../../../review/plan/cluster/defaults';
import type { ClusterPlan } from '../../../../review/plan/cluster/model';
import { planCluster } from '../../../../review/plan/cluster/plan-cluster';
import { anAcceptedConfig } from '../../../oracle/generator/base';
import { aConfig } from '../../../oracle/generator/config';
import { everyEdit } from './edits';

const SEED = 20261129;
/** Pairs of configs; the fuzz tier draws more than 500. */
const PAIRS = Number(process.env.FUZZ_RUNS ?? 60);
const NOT_KNOWN = 'eksctl refuses a file with it';

/** The name of a member of a list, told again here: the plan has its own. */
function nameOf(member: Loose): unknown {
  const { name, metadata, principalARN, arn, account, serviceName, namespace, serviceAccountName } = member;
  const of = isObject(metadata) ? `${metadata.namespace ?? 'default'}/${metadata.name}` : undefined;
  const pod = serviceAccountName === undefined ? undefined : `${namespace}/${serviceAccountName}`;
  const mapping = serviceName === undefined ? undefined : `${serviceName}/${namespace}`;
  return of ?? pod ?? name ?? principalARN ?? arn ?? account ?? mapping;
}

/** Every scalar of a config by its path. */
function scalarsOf(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  const says = /\.(nodePools|cidrs)$|\]\.podIdentityAssociations$|\]$|\.subnets\.(private|public)\.[^.]+$/.test(path);
  if (says && typeof value === 'object' && value !== null && Object.keys(value).length === 0) {
    found.set(path, 'none');
  } else if (Array.isArray(value)) {
    for (const [i, member] of value.entries()) {
      const name = isObject(member) ? nameOf(member) : undefined;
      scalarsOf(member, `${path}[${name ?? i}]`, found);
    }
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      scalarsOf(member, path === '' ? key : `${path}.${key}`, found);
    }
  } else if (value !== undefined) {
    found.set(path, JSON.stringify(value));
  }
  return found;
}

function changedScalars(old: ClusterConfig, next: ClusterConfig): string[] {
  const [a, b] = [old, next].map((config) => scalarsOf(withDefaults(config), '', new Map())) as [
    Map<string, string>,
    Map<string, string>,
  ];
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
}

const namedFields = ({ steps, ignored, newCluster }: ClusterPlan): ReadonlySet<string> =>
  new Set([...steps.flatMap(({ fields }) => fields), ...[...ignored, ...newCluster].map(({ field }) => field)]);

/** Whether a field, or one above it, is named. */
const isNamed = (fields: ReadonlySet<string>, path: string): boolean =>
  [...fields].some((field) => path === field || (path.startsWith(field) && /^[.[]/.test(path.slice(field.length))));

/** Changed scalars that a plan says nothing of. */
function missing(old: ClusterConfig, next: ClusterConfig): string[] {
  const fields = namedFields(planCluster(old, next));
  return changedScalars(old, next).filter((path) => !isNamed(fields, path));
}

/** Fields of which a plan knows no more than that eksctl refuses them. */
const unknown = ({ ignored }: ClusterPlan): string[] =>
  ignored.filter(({ text }) => text.startsWith(NOT_KNOWN)).map(({ field }) => field);

test('every field of the schema is covered by a step, or named: set, changed and removed', () => {
  const edits = everyEdit();
  expect(edits.length).toBeGreaterThan(900);
  const silent = edits.flatMap(({ path, old, new: next }) => (missing(old, next).length > 0 ? [path] : []));
  expect([...new Set(silent)]).toEqual([]);
  const vague = edits.flatMap(({ path, old, new: next }) => (unknown(planCluster(old, next)).length > 0 ? [path] : []));
  expect([...new Set(vague)]).toEqual([]);
});

const pairs = fc.oneof(
  fc.tuple(anAcceptedConfig, anAcceptedConfig),
  fc.tuple(anAcceptedConfig, aConfig),
  fc.tuple(aConfig, aConfig),
) as unknown as fc.Arbitrary<[ClusterConfig, ClusterConfig]>;

const isAccepted = (config: ClusterConfig): boolean =>
  !ClusterConfig.check(config).some(({ severity }) => severity === 'error');

describe(`${PAIRS} random pairs of configs that eksctl takes`, () => {
  const configs = fc
    .sample(fc.oneof(anAcceptedConfig, aConfig), { numRuns: Math.ceil(1.6 * PAIRS), seed: SEED })
    .map((config) => config as unknown as ClusterConfig)
    .filter(isAccepted);
  const samples = Array.from({ length: PAIRS }, (_, i) => [configs[i]!, configs[(i + 1) % configs.length]!] as const);

  test('every changed value is covered by a step, or named', () => {
    expect(configs.length).toBeGreaterThanOrEqual(PAIRS);
    expect(samples.flatMap(([old, next]) => missing(old, next))).toEqual([]);
    expect(samples.flatMap(([old, next]) => unknown(planCluster(old, next)))).toEqual([]);
  });

  test('nothing is said of what did not change', () => {
    const wrong = samples.flatMap(([old, next]) => {
      const changed = changedScalars(old, next);
      const fields = [...namedFields(planCluster(old, next))];
      return fields.filter((field) => !changed.some((path) => isNamed(new Set([field]), path)));
    });
    expect(wrong).toEqual([]);
  });

  test('a plan of a config and itself is empty', () => {
    for (const [config] of samples) {
      expect(planCluster(config, config)).toEqual({ steps: [], ignored: [], newCluster: [] });
    }
  });

  test('steps have ids of their own, and texts that are sentences without a full stop', () => {
    for (const [old, next] of samples) {
      const { steps, ignored, newCluster } = planCluster(old, next);
      const ids = steps.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { text } of [...steps, ...ignored, ...newCluster]) {
        expect(text).not.toMatch(/[.]$|undefined|\[object/);
      }
    }
  });
});

test('no config makes it throw, not even one that eksctl refuses', () => {
  for (const [old, next] of fc.sample(pairs, { numRuns: 2 * PAIRS, seed: SEED + 1 })) {
    expect(() => planCluster(old, next)).not.toThrow();
  }
});
