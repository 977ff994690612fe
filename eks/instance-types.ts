import type { Architecture } from './values';

const SHAPE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Whether a text has the shape of an instance type; which types a region offers is for AWS to say. */
export function isInstanceType(type: unknown): type is string {
  return typeof type === 'string' && SHAPE.test(type);
}

/**
 * The architecture by the naming rule of EC2: a 'g' right after the generation is Graviton ('m7g', 'c6gn', 'x2gd'), and
 * so is the first generation, 'a1'. The 'g' of the GPU families ('g5', 'g4dn') stands before the generation.
 */
export function architectureOf(type: string): Architecture {
  return /^(?:a1\.|[a-z]+\d+g)/.test(type) ? 'arm64' : 'amd64';
}

/** What an instance has beside its CPU, where that decides the image of its node. */
export type Accelerator = 'NVIDIA' | 'Inferentia' | 'Trainium';

/**
 * The families that eksctl 0.230 knows to have an accelerator; each is so in all of its sizes. The oldest GPU families
 * (p2, p3, g3) are no longer in its list, and get the image of a type without a GPU.
 */
const ACCELERATORS: Readonly<Record<Accelerator, ReadonlySet<string>>> = {
  NVIDIA: new Set([
    ...['g4dn', 'g5', 'g5g', 'g6', 'g6e', 'g6f', 'gr6', 'gr6f', 'g7', 'g7e'],
    ...['p3dn', 'p4d', 'p4de', 'p5', 'p5e', 'p5en', 'p6-b200', 'p6-b300'],
  ]),
  Inferentia: new Set(['inf1', 'inf2']),
  Trainium: new Set(['trn1', 'trn1n', 'trn2']),
};

/** The families whose CPU credits can be set; 't1' has none, and 'trn1' only begins with the same letter. */
const BURSTABLE: ReadonlySet<string> = new Set(['t2', 't3', 't3a', 't4g']);

/** 'm7g' of 'm7g.large'; empty for what has no size. */
export const familyOf = (type: string): string => type.slice(0, Math.max(type.indexOf('.'), 0));

export function acceleratorOf(type: string): Accelerator | undefined {
  const family = isInstanceType(type) ? familyOf(type) : '';
  return (Object.keys(ACCELERATORS) as Accelerator[]).find((kind) => ACCELERATORS[kind].has(family));
}

export const isBurstable = (type: string): boolean => BURSTABLE.has(familyOf(type));
