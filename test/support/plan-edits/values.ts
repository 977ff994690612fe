import type { StoredStruct, StoredType } from '../../../kube/stored/types';
import { pick, type Random } from '../../review/damage';
import { EXAMPLES } from './examples';
import { amountFor, numberFor, numberOrText } from './numbers';
import { textFor } from './texts';

/** Where a value stands: the struct and field that hold it. */
export interface Place {
  readonly random: Random;
  readonly struct: string;
  readonly field: string;
  /** The allowed values of texts, by 'Struct.field'. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
  readonly depth: number;
  /** Whether the value is the whole field, not an item of it. */
  readonly isWhole: boolean;
  /** How often each field was drawn, by 'Struct.field': the others come first. */
  readonly drawn: Map<string, number>;
}

/** Structs of which one member is given, by what all of them may have besides. */
export const UNIONS: Readonly<Record<string, readonly string[]>> = {
  EnvVarSource: [],
  IngressBackend: [],
  LifecycleHandler: [],
  MetricSpec: ['type'],
  Probe: [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
    'terminationGracePeriodSeconds',
  ],
  Volume: ['name'],
  VolumeProjection: [],
  'admissionregistration.WebhookClientConfig': ['caBundle'],
  EnvFromSource: ['prefix'],
  DownwardAPIVolumeFile: ['path', 'mode'],
  EnvVar: ['name'],
  NetworkPolicyPeer: [],
  PersistentVolumeSpec: [
    'accessModes',
    'capacity',
    'claimRef',
    'mountOptions',
    'nodeAffinity',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'volumeAttributesClassName',
    'volumeMode',
  ],
};

/** A random value of a type: what is required, and of the rest a little. */
export function randomValue(type: StoredType, place: Place): unknown {
  const { random, struct, field } = place;
  const examples = EXAMPLES[`${struct}.${field}`];
  if (examples && place.isWhole && random() < 0.8) {
    return structuredClone(pick(random, examples));
  }
  switch (type.kind) {
    case 'struct':
      return structValue(type, { ...place, depth: place.depth + 1 });
    case 'list':
      return Array.from({ length: random() < 0.7 ? 1 : 2 }, () => randomValue(type.of, { ...place, isWhole: false }));
    case 'map':
      return Object.fromEntries([[mapKey(random, field, type.of), randomValue(type.of, { ...place, isWhole: false })]]);
    case 'string':
      return pick(random, place.allowed.get(`${struct}.${field}`) ?? [textFor(random, struct, field)]);
    case 'number':
      return numberFor(random, struct, field);
    case 'boolean':
      return random() < 0.5;
    case 'quantity':
      return amountFor(random);
    case 'number or string':
      return numberOrText(random, field);
    case 'time':
      return pick(random, ['2026-01-02T03:04:05Z', '2026-02-02T03:04:05.000000Z']);
    case 'bytes':
      return pick(random, ['b25l', 'dHdv']);
    default:
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  }
}

function structValue(type: StoredStruct, place: Place): Record<string, unknown> {
  const { random } = place;
  const union = UNIONS[type.name];
  const members = union ? [...type.fields.keys()].filter((name) => !union.includes(name)) : [];
  const member = members.length > 0 ? pick(random, members) : undefined;
  const value: Record<string, unknown> = {};
  for (const [field, { type: of, always }] of type.fields) {
    const required = always && of.kind !== 'struct';
    const wanted = members.includes(field) ? field === member : required || random() < 0.5 / (place.depth + 1);
    const isDeep = place.depth > 6 && !required && field !== member;
    if (wanted && !isDeep && !(field === 'metadata' && place.depth > 0)) {
      value[field] = randomValue(of, { ...place, struct: type.name, field, isWhole: true });
    }
  }
  return value;
}

/** Resources have names that are known. */
export function mapKey(random: Random, field: string, of: StoredType): string {
  if (of.kind === 'quantity') {
    return pick(
      random,
      field === 'hard'
        ? ['pods', 'requests.cpu', 'limits.memory']
        : field === 'capacity'
          ? ['storage']
          : ['cpu', 'memory', 'example.com/device'],
    );
  }
  return pick(random, ['one', 'two', 'example.com/three']);
}
