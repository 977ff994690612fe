import type { Flux, GitOps, Karpenter } from '../../types';
import { named, struct, TEXT, TEXT_MAP, TRUTH } from '../kind';

/** Flags of `flux bootstrap`. */
const FLUX_FLAGS = named('FluxFlags', TEXT_MAP);

export const FLUX = struct<Flux>('Flux', {
  flags: FLUX_FLAGS,
  gitProvider: TEXT,
});

export const GIT_OPS = struct<GitOps>('GitOps', {
  flux: FLUX,
});

export const KARPENTER = struct<Karpenter>('Karpenter', {
  createServiceAccount: TRUTH,
  defaultInstanceProfile: TEXT,
  version: TEXT,
  withSpotInterruptionQueue: TRUTH,
});
