import { admits } from './harness/admission';

admits('1.36', { main: 20, examples: 5 });
