import { parseArn } from '../../eks/arn';
import { parseCidr } from '../../kube/cidr';
import { nearest } from '../../kube/text';
import { type Finding, findingIn } from '../finding';
import type { AnyKind, StructKind } from './field';
import { CLUSTER_CONFIG } from './shapes';
import { isObject, listed, pathOf, quoted, shown } from './words';
import { wrongType } from './wrong-type';

/**
 * Whether a value has the shape of a ClusterConfig: every key known and spelt as eksctl spells it, every value of the JSON
 * type that eksctl decodes. A key with null counts as absent, as eksctl takes it. All findings at once.
 */
export function shapeFindings(value: unknown): Finding[] {
  const findings: Finding[] = [];
  if (isObject(value)) {
    visitStruct(value, CLUSTER_CONFIG, '', findings);
  } else {
    const empty = value === undefined || value === null;
    const problem = `the file is ${empty ? 'empty' : shown(value)}, where a ClusterConfig is needed`;
    findings.push(error('L1', '', problem, "write apiVersion: 'eksctl.io/v1alpha5', kind: ClusterConfig and metadata"));
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
        findings.push(error('L1', path, `${shown(value)} is unknown here`, `write ${quoted(kind.values)}`));
      }
      break;
    case 'arn':
      if (parseArn(value) === undefined) {
        findings.push(
          error('L1', path, `${shown(value)} is no ARN`, "write for example 'arn:aws:iam::111122223333:role/admin'"),
        );
      }
      break;
    case 'cidr':
      if (!parseCidr(value)) {
        findings.push(error('L1', path, `${shown(value)} is no range of addresses`, "write for example '10.0.0.0/16'"));
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

/** Of these eksctl refuses null, or crashes on it; elsewhere it takes null for an empty text or object. */
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
  // by index, since forEach would leave out the holes of a list
  for (let i = 0; i < value.length; i++) {
    if ((value[i] ?? null) === null) {
      const rule = 'name' in of && WITHOUT_NULLS.has(of.name ?? '') ? 'L3' : 'L3b';
      findings.push(error(rule, `${path}[${i}]`, 'the entry is null', 'write the entry, or delete its line'));
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
  const fix = kind.kind === 'one-of' ? `write ${quoted(kind.values)}` : 'write it';
  return error(rule, path, `'${path}' is missing`, path === 'metadata' ? "write its 'name' and 'region'" : fix);
}

/** eksctl reads these in its own way, and overlooks what it does not know. */
const LENIENT: ReadonlySet<string> = new Set(['AZSubnetSpec', 'IdentityProvider']);

function unknownKey(path: string, key: string, { name, properties }: StructKind): Finding {
  const known = Object.keys(properties);
  const cased = known.find((name) => name.toLowerCase() === key.toLowerCase());
  if (cased !== undefined) {
    // its strict pass does not look at the case; its second one mostly does, and drops what is spelt otherwise
    const problem = `'${key}' is not spelt '${cased}': eksctl lets it pass, and drops it without a word`;
    return error('L1b', path, problem, `write '${cased}'`);
  }
  const near = nearest(key, known);
  const rule = LENIENT.has(name) ? 'L1b' : 'L1';
  return error(rule, path, `unknown key '${key}'`, near ? `did you mean '${near}'?` : `known are ${listed(known)}`);
}

function error(rule: string, path: string, problem: string, fix: string): Finding {
  return findingIn(rule, 'error', path, problem, fix);
}

/** What is asked of the shape of a file, before its values: ids, what each says, and who refuses it. */
export const SHAPE_RULES = [
  { id: 'L1', enforcedBy: 'eksctl', title: 'keys are known, written once, and of the right type' },
  { id: 'L1b', enforcedBy: 'aws', title: 'keys are those of eksctl also where it drops others without a word' },
  { id: 'L1c', enforcedBy: 'aws', title: 'a file has one document and no tags of its own, which eksctl overlooks' },
  { id: 'L2', enforcedBy: 'eksctl', title: 'metadata is there' },
  { id: 'L3', enforcedBy: 'eksctl', title: 'lists of objects hold no null' },
  { id: 'L3b', enforcedBy: 'aws', title: 'other lists hold no null, which eksctl takes for an empty entry' },
] as const;
