import { admits } from './harness/admission';

admits('1.34', { rounds: 20 });
