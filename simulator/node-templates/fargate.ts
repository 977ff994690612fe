import { ARCH, OS } from '../../eks/node-labels';
import { ANY, oneOf } from '../../kube/label-requirements';
import type { NodeTemplate } from './node-template';

/** The nodes of Fargate, one for each pod. */
export const FARGATE: NodeTemplate = {
  name: 'Fargate',
  kind: 'group',
  taints: [],
  offers: () => [],
  labels: (key) => (key === ARCH ? oneOf(['amd64']) : key === OS ? oneOf(['linux']) : ANY),
};
