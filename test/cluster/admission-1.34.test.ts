import { admits } from './harness/admission';

admits('1.34', { main: 20, examples: 5 });
