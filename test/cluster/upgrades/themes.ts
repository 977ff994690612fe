import type { Theme } from './edit';
import { jobs } from './jobs';
import { classes, names } from './names';
import { network } from './network';
import { scaling } from './scaling';
import { volumes } from './volumes';
import { pods, spelling } from './workloads';

/** All edits, in the order of the page. */
export const THEMES: readonly Theme[] = [spelling, pods, scaling, network, volumes, jobs, names, classes];
