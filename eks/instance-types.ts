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
