import { parseArn } from '../../eks/arn';
import { parseCidr } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { type Finding, findingIn } from '../finding';
import type { AnyKind, StructKind } from './field';
import { CLUSTER_CONFIG } from './shapes';
import { unknownKeyFix } from './unknown-key';
import { isObject, pathOf, quoted, shown } from './words';
import { wrongType } from './wrong-type';

/**
 * Checks that a value has the shape of a ClusterConfig: known keys in eksctl's spelling, and values of the JSON type that
 * eksctl decodes. As in eksctl, a key with null is absent. Returns all findings.
 */
export function shapeFindings(value: unknown): Finding[] {
  const findings: Finding[] = [];
  if (isObject(value)) {
    visitStruct(value, CLUSTER_CONFIG, '', findings);
  } else {
    const empty = value === undefined || value === null;
    const problem = `the file must be a ClusterConfig, but is ${empty ? 'empty' : shown(value)}`;
    findings.push(
      error('L1', '', problem, 'write `apiVersion: eksctl.io/v1alpha5`, `kind: ClusterConfig` and `metadata`'),
    );
  }
  return findings;
}

function visit(value: unknown, kind: AnyKind, path: string, findings: Finding[]): void {
  const wrong = wrongType(value, kind);
  if (wrong) {
    findings.push(error('L1', path, wrong.problem, wrong.fix));
    return;
  }
  switch (kind.kind) {
    case 'struct':
      visitStruct(value as object, kind, path, findings);
      break;
    case 'list':
      visitList(value as readonly unknown[], kind.of, path, findings);
      break;
    case 'map':
      visitMap(value as object, kind.of, path, findings);
      break;
    case 'list-or-map':
      visit(value, Array.isArray(value) ? kind.list : kind.map, path, findings);
      break;
    case 'one-of':
      if (!kind.values.includes(value as string)) {
        findings.push(
          error(
            'L1',
            path,
            `must be ${quoted(kind.values)}, but is ${describe(value)}`,
            `write ${quoted(kind.values)}`,
          ),
        );
      }
      break;
    case 'arn':
      if (parseArn(value) === undefined) {
        findings.push(
          error(
            'L1',
            path,
            `must be an ARN, but is ${describe(value)}`,
            "write for example 'arn:aws:iam::111122223333:role/admin'",
          ),
        );
      }
      break;
    case 'cidr':
      if (!parseCidr(value)) {
        findings.push(
          error('L1', path, `must be a CIDR block, but is ${describe(value)}`, "write for example '10.0.0.0/16'"),
        );
      }
      break;
  }
}

function visitStruct(value: object, kind: StructKind, path: string, findings: Finding[]): void {
  const { properties, required } = kind;
  for (const [key, rule] of Object.entries(required)) {
    if (((value as Record<string, unknown>)[key] ?? null) === null) {
      findings.push(missing(rule, pathOf(path, key), properties[key]!));
    }
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) {
      continue;
    }
    const at = pathOf(path, key);
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!property) {
      findings.push(unknownKey(at, key, kind));
    } else if (item !== null) {
      visit(item, property, at, findings);
    }
  }
}

/** eksctl refuses null in lists of these, or crashes on it; elsewhere null becomes an empty string or object. */
const WITHOUT_NULLS: ReadonlySet<string> = new Set([
  'Addon',
  'ClusterIAMServiceAccount',
  'IAMIdentityMapping',
  'IdentityProvider',
  'ManagedNodeGroup',
  'NodeGroup',
  'VolumeMapping',
]);

function visitList(value: readonly unknown[], of: AnyKind, path: string, findings: Finding[]): void {
  // by index, since forEach skips the holes of a list
  for (let i = 0; i < value.length; i++) {
    if ((value[i] ?? null) === null) {
      const rule = 'name' in of && WITHOUT_NULLS.has(of.name ?? '') ? 'L3' : 'L3b';
      findings.push(error(rule, `${path}[${i}]`, 'must not be null', 'write the entry, or delete the line'));
    } else {
      visit(value[i], of, `${path}[${i}]`, findings);
    }
  }
}

function visitMap(value: object, of: AnyKind, path: string, findings: Finding[]): void {
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined && item !== null) {
      visit(item, of, pathOf(path, key), findings);
    }
  }
}

function missing(rule: string, path: string, kind: AnyKind): Finding {
  const fix = kind.kind === 'one-of' ? `write ${quoted(kind.values)}` : 'set it';
  return error(rule, path, 'required', path === 'metadata' ? "set its 'name' and 'region'" : fix);
}

/** eksctl decodes these with code of its own, which ignores unknown keys. */
const LENIENT: ReadonlySet<string> = new Set(['AZSubnetSpec', 'IdentityProvider']);

const UNKNOWN = 'unknown key';

/** Whether a finding of shape is about a key that its object does not have; the others are about values. */
export function isUnknownKey({ message }: Finding): boolean {
  return message.startsWith(UNKNOWN);
}

function unknownKey(path: string, key: string, kind: StructKind): Finding {
  const known = Object.keys(kind.properties);
  const cased = known.find((name) => name.toLowerCase() === key.toLowerCase());
  if (cased !== undefined) {
    // eksctl's strict pass ignores case; its second pass mostly does not, and drops the key
    const problem = `${UNKNOWN} ${describe(key)}: eksctl accepts keys of another case, but ignores their values`;
    return error('L1b', path, problem, `write '${cased}'`);
  }
  const rule = LENIENT.has(kind.name) ? 'L1b' : 'L1';
  return error(rule, path, `${UNKNOWN} ${describe(key)}`, unknownKeyFix(key, path, kind));
}

function error(rule: string, path: string, problem: string, fix: string): Finding {
  return findingIn(rule, 'error', path, problem, fix);
}

/** The rules about the shape of a file, which are checked before its values. */
export const SHAPE_RULES = [
  { id: 'L1', enforcedBy: 'eksctl', title: 'keys are known and unique, and their values are of the right type' },
  { id: 'L1b', enforcedBy: 'aws', title: 'keys are known also where eksctl ignores unknown ones' },
  { id: 'L1c', enforcedBy: 'aws', title: 'the file has one document and no custom tags, which eksctl ignores' },
  {
    id: 'L1d',
    enforcedBy: 'aws',
    title: 'no value is a placeholder, such as ${NAME}, {{ .name }}, vpc-xxxx or CHANGEME',
  },
  { id: 'L2', enforcedBy: 'eksctl', title: 'metadata is required' },
  { id: 'L3', enforcedBy: 'eksctl', title: 'lists of objects contain no null' },
  { id: 'L3b', enforcedBy: 'aws', title: 'other lists contain no null, which eksctl reads as an empty entry' },
] as const;
