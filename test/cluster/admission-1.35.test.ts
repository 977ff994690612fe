import { admits } from './harness/admission';

admits('1.35', { main: 2, examples: 1 });
