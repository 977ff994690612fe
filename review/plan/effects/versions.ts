import { apiLife, NEWEST_KNOWN } from '../../../kube/api/lives';
import { referenceTo } from '../../../kube/inventory';
import { isAtLeast } from '../../../kube/versions';
import { kindsIn } from '../../kinds';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { named } from './moves';
import { fieldsLost } from './versions-fields';

/** What another version of Kubernetes makes of the API versions of the set, in both directions. */
export const versions: EffectsOf = (input) => {
  const { versions: version, after } = input;
  if (version.old === version.new) {
    return [];
  }
  const up = isAtLeast(version.new, version.old);
  const found = kindsIn(after).flatMap(({ apiVersion, kind, objects }): Effect[] => {
    const life = apiLife(apiVersion, kind);
    if (!life) {
      return [];
    }
    const { introduced, deprecated, removed, replacement } = life;
    const object = objects[0] ? referenceTo(objects[0]) : undefined;
    const whose =
      objects.length === 1
        ? `${kind} '${objects[0]!.manifest.metadata.name}'`
        : `${objects.length} objects of kind ${kind}`;
    const effect = (risk: Effect['risk'], text: string): Effect => ({
      kind: 'version',
      risk,
      ...(object ? { object } : {}),
      text,
      because: ['apiVersion'],
    });
    const instead = replacement === undefined ? '' : `: write ${replacement}`;
    if (removed !== undefined && isAtLeast(version.new, removed) && !isAtLeast(version.old, removed)) {
      return [effect('danger', `Kubernetes ${version.new} no longer serves ${apiVersion} of ${whose}${instead}`)];
    }
    if (!isAtLeast(version.new, introduced) && isAtLeast(version.old, introduced)) {
      return [effect('danger', `Kubernetes ${version.new} does not know ${apiVersion} of ${whose} yet`)];
    }
    if (up && !isAtLeast(version.old, introduced)) {
      return [
        effect(
          'notice',
          `${apiVersion} of ${whose} is new in Kubernetes ${introduced}: after a way back to ${version.old} it is refused`,
        ),
      ];
    }
    if (deprecated !== undefined && isAtLeast(version.new, deprecated) && !isAtLeast(version.old, deprecated)) {
      const end = removed === undefined ? '' : `, and removes it in ${removed}`;
      return [effect('notice', `Kubernetes ${deprecated} deprecates ${apiVersion} of ${whose}${end}${instead}`)];
    }
    return [];
  });
  const newer: Effect[] =
    isAtLeast(version.new, NEWEST_KNOWN) && version.new !== NEWEST_KNOWN
      ? [
          {
            kind: 'version',
            risk: 'notice',
            text: `Kubernetes ${version.new} is newer than what is known here, which ends with ${NEWEST_KNOWN}`,
          },
        ]
      : [];
  return [...found, ...lostFields(input), ...newer];
};

/** Fields that only one of the two versions keeps. */
function lostFields({ new: next, versions: version }: PlanInput): readonly Effect[] {
  return next.objects.flatMap((object): Effect[] => {
    const lost = fieldsLost(object.manifest, version.old, version.new);
    const won = fieldsLost(object.manifest, version.new, version.old);
    const tell = (risk: Effect['risk'], text: string, because: readonly string[]): Effect => ({
      kind: 'version',
      risk,
      object: referenceTo(object),
      text,
      because,
    });
    return [
      ...(lost.length > 0
        ? [
            tell(
              'danger',
              `Kubernetes ${version.new} drops ${lost.join(', ')} of ${named(object)}, which ${version.old} keeps`,
              lost,
            ),
          ]
        : []),
      ...(won.length > 0
        ? [
            tell(
              'notice',
              `Kubernetes ${version.old} drops ${won.join(', ')} of ${named(object)}: after a way back it does nothing`,
              won,
            ),
          ]
        : []),
    ];
  });
}
