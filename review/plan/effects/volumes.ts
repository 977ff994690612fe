import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { groupKindOf } from '../../../kube/kinds';
import { asList, asObject } from '../../../kube/loose';
import { quantityOf } from '../../../kube/quantity';
import { volumeIndex } from '../../cluster/volumes';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { countsOf } from './counts';
import { fieldsBelow, isSame, isUpdate, leftBehind, type Move, movesOf, named, type Update } from './moves';

/** What happens to volumes and to what is on them. */
export const volumes: EffectsOf = (input) =>
  movesOf(input).flatMap((move): readonly Effect[] => {
    switch (groupKindOf(move.after.manifest)) {
      case '/PersistentVolumeClaim':
        return isUpdate(move) ? ofClaim(input, move) : [ofNewClaim(input, move)];
      case 'apps/StatefulSet':
        return isUpdate(move) ? ofSet(input, move) : ofNewSet(input, move);
      case '/PersistentVolume':
        return isUpdate(move) ? ofVolume(move) : [];
      case 'storage.k8s.io/StorageClass':
        return isUpdate(move) ? ofClass(move) : [];
      default:
        return [];
    }
  });

const sizeOf = (spec: unknown): string => String(asObject(asObject(asObject(spec).resources).requests).storage ?? '');

function ofNewClaim(input: PlanInput, { after }: Move): Effect {
  const object = referenceTo(after);
  const { spec } = after.manifest;
  const { volumeName, dataSource, dataSourceRef } = asObject(spec);
  const source = asObject(dataSourceRef ?? dataSource);
  const text =
    volumeName !== undefined
      ? `${named(after)} is new: it is for PersistentVolume '${volumeName}', which exists or is made by somebody`
      : `${named(after)} is new: ${source.kind === undefined ? 'an empty volume' : `a volume with the data of ${source.kind} '${source.name}'`} of ${sizeOf(spec)} ${reclaimText(input, spec)}`;
  return { kind: 'volume', risk: 'notice', object, text };
}

/** What becomes of a volume when its claim is deleted, as far as its class says. */
function reclaimText(input: PlanInput, claim: unknown): string {
  const policy = policyOf(input, claim);
  return policy === 'Delete'
    ? 'is made for it, and deleted with it'
    : policy === 'Retain'
      ? 'is made for it, and stays when it is deleted'
      : 'is made for it';
}

function policyOf({ after }: PlanInput, claim: unknown): string | undefined {
  const { classes, defaultClass } = volumeIndex(after);
  const { storageClassName } = asObject(claim);
  const known = storageClassName === undefined ? defaultClass : classes.get(String(storageClassName));
  return known && (known.reclaimPolicy ?? 'Delete');
}

function ofClaim(input: PlanInput, { before, after, change }: Update): readonly Effect[] {
  const object = referenceTo(after);
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec);
  const [old, now] = [sizeOf(was), sizeOf(is)];
  const [less, more] = [quantityOf(old), quantityOf(now)];
  const found: Effect[] = [];
  if (less !== undefined && more !== undefined && more > less) {
    const text = `the volume of ${named(after)} grows from ${old} to ${now} while it is used; EBS limits how often a volume can change`;
    const because = fieldsBelow(change, 'spec.resources');
    const { classes, defaultClass } = volumeIndex(input.after);
    const name = asObject(is).storageClassName;
    const known = name === undefined ? defaultClass : classes.get(String(name));
    const refused = known && known.allowVolumeExpansion !== true;
    found.push(
      refused
        ? {
            kind: 'volume',
            risk: 'danger',
            object,
            text: `the volume of ${named(after)} cannot grow: StorageClass '${known.metadata?.name}' does not allow it`,
            because,
          }
        : { kind: 'volume', risk: 'notice', object, text, because },
    );
  }
  const [oldClass, newClass] = [was, is].map((spec) => asObject(spec).volumeAttributesClassName);
  if (oldClass !== newClass && newClass !== undefined) {
    const text = `the volume of ${named(after)} gets the properties of VolumeAttributesClass '${newClass}', while it is used`;
    found.push({
      kind: 'volume',
      risk: 'notice',
      object,
      text,
      because: fieldsBelow(change, 'spec.volumeAttributesClassName'),
    });
  }
  return found;
}

const templatesOf = ({ manifest }: InventoryObject) => asList(manifest.spec?.volumeClaimTemplates);
const namesOf = (set: InventoryObject) => templatesOf(set).map((claim) => String(asObject(claim.metadata).name));

function ofNewSet(input: PlanInput, { after }: Move): readonly Effect[] {
  const names = namesOf(after);
  if (names.length === 0) {
    return [];
  }
  const label = after.manifest.metadata.labels?.['app.kubernetes.io/component'];
  const renamed = leftBehind(input).find(
    (old) =>
      old.manifest.kind === 'StatefulSet' &&
      old.namespace === after.namespace &&
      old.manifest.metadata.labels?.['app.kubernetes.io/component'] === label &&
      isSame(namesOf(old), names),
  );
  const object = referenceTo(after);
  return [
    renamed
      ? {
          kind: 'volume',
          risk: 'danger',
          object,
          text: `the members of ${named(after)} begin with empty volumes: the data of ${named(renamed)} stay in its claims`,
        }
      : { kind: 'volume', risk: 'notice', object, text: `each member of ${named(after)} gets ${volumesText(names)}` },
  ];
}

const volumesText = (names: readonly string[]): string =>
  names.length === 1
    ? `an empty volume '${names[0]}'`
    : `${names.length} empty volumes: ${names.map((name) => `'${name}'`).join(', ')}`;

function ofSet(input: PlanInput, update: Update): readonly Effect[] {
  const { before, after, change } = update;
  const object = referenceTo(after);
  const found: Effect[] = [];
  const names = namesOf(after);
  const { before: old, after: now } = countsOf(input, update);
  const [wasKept, isKept] = [before, after].map(({ manifest }) =>
    asObject(manifest.spec?.persistentVolumeClaimRetentionPolicy),
  );
  if (now < old && names.length > 0) {
    const deleted = isKept!.whenScaled === 'Delete';
    const claims = names.flatMap((name) =>
      Array.from(
        { length: Math.min(old - now, 20) },
        (_, i) => `${name}-${after.manifest.metadata.name}-${startOf(after) + old - 1 - i}`,
      ),
    );
    found.push({
      kind: 'volume',
      risk: deleted ? 'danger' : 'notice',
      object,
      text: deleted
        ? `the claims of the members that go are deleted with their data: ${shown(claims)}`
        : `the claims of the members that go stay, and cost as before: ${shown(claims)}`,
      because: fieldsBelow(change, 'spec.replicas'),
      ...(deleted
        ? {}
        : {
            remedy: [
              {
                text: 'when their data are not needed any more, delete them',
                command: `kubectl delete pvc -n ${after.namespace} ${claims.join(' ')}`,
              },
            ],
          }),
    });
  }
  for (const [when, occasion] of [
    ['whenScaled', 'members are scaled away'],
    ['whenDeleted', 'the set is deleted'],
  ] as const) {
    if (names.length > 0 && wasKept![when] !== 'Delete' && isKept![when] === 'Delete') {
      const text = `from now on the claims of ${named(after)} are deleted with their data when ${occasion}`;
      found.push({
        kind: 'volume',
        risk: 'danger',
        object,
        text,
        because: fieldsBelow(change, 'spec.persistentVolumeClaimRetentionPolicy'),
      });
    }
  }
  return found;
}

function startOf({ manifest }: InventoryObject): number {
  const { start } = asObject(manifest.spec?.ordinals);
  return typeof start === 'number' ? start : 0;
}

const shown = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

function ofVolume({ before, after, change }: Update): readonly Effect[] {
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec?.persistentVolumeReclaimPolicy);
  return was !== 'Delete' && is === 'Delete'
    ? [
        {
          kind: 'volume',
          risk: 'danger',
          object: referenceTo(after),
          text: `from now on the volume of ${named(after)} is deleted with its data when its claim is`,
          because: fieldsBelow(change, 'spec.persistentVolumeReclaimPolicy'),
        },
      ]
    : [];
}

function ofClass({ before, after, change }: Update): readonly Effect[] {
  const [was, is] = [before, after].map(
    ({ manifest }) => (manifest as { allowVolumeExpansion?: unknown }).allowVolumeExpansion,
  );
  return was === is
    ? []
    : [
        {
          kind: 'volume',
          risk: 'notice',
          object: referenceTo(after),
          text: `volumes of ${named(after)} ${is === true ? 'can grow from now on' : 'cannot grow any more'}`,
          because: fieldsBelow(change, 'allowVolumeExpansion'),
        },
      ];
}
