import { admits } from './harness/admission';

admits('1.36', { rounds: 20 });
