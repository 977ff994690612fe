import { admits } from './harness/admission';

admits('1.35', { main: 20, examples: 5 });
