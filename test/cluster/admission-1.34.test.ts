import { admits } from './harness/admission';

admits('1.34', { main: 2, examples: 1 });
