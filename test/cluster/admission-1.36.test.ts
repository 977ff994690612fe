import { admits } from './harness/admission';

admits('1.36', { main: 5, examples: 2 });
