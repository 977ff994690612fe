import { admits } from './harness/admission';

admits('1.34', { main: 5, examples: 2 });
