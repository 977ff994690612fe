import { allSpecs, knownInstanceSpec } from './instance-specs';
import { acceleratorOf, familyOf } from './instance-types';

/** 'c6gn' is of the kind 'c', the generation 6, and has a 'g' and an 'n'. */
const FAMILY = /^([a-z]+)(\d+)([a-z-]*)$/;

/** Processors of Intel, AMD and AWS; other letters stand for local disks, more network, and the like. */
const PLAIN = ['', 'i', 'a', 'g'];

/** Sizes of older generations are scarce. */
const OLDEST: Readonly<Record<string, number>> = { t: 3, g: 4 };

/**
 * Types that a Spot group of this type can have as well: of the same kind, processor architecture, CPUs, memory and GPUs.
 * Those of the nearest generation first; none for a type that is not known.
 */
export function similarTypes(type: string): string[] {
  const own = knownInstanceSpec(type);
  const [, kind, generation] = FAMILY.exec(familyOf(type)) ?? [];
  if (!own || kind === undefined) {
    return [];
  }
  const distance = (name: string) => Math.abs(Number(FAMILY.exec(familyOf(name))![2]) - Number(generation));
  return allSpecs()
    .filter((other) => {
      const [, otherKind, otherGeneration, letters = '-'] = FAMILY.exec(familyOf(other.name)) ?? [];
      return (
        other.name !== type &&
        otherKind === kind &&
        PLAIN.includes(letters) &&
        Number(otherGeneration) >= (OLDEST[kind] ?? 5) &&
        other.vcpu === own.vcpu &&
        other.memoryMiB === own.memoryMiB &&
        other.gpus === own.gpus &&
        other.architecture === own.architecture &&
        acceleratorOf(other.name) === acceleratorOf(type)
      );
    })
    .map(({ name }) => name)
    .sort((a, b) => distance(a) - distance(b));
}
