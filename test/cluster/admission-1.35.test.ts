import { admits } from './harness/admission';

admits('1.35', { rounds: 20 });
