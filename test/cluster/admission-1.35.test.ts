import { admits } from './harness/admission';

admits('1.35', { main: 5, examples: 2 });
