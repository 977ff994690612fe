import { counterpartIn, isEbsDriver } from '../../eks/compute-modes';

test.each([
  ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com'],
  ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
  ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb'],
  ['gateway.k8s.aws/alb', 'eks.amazonaws.com/gateway-alb'],
  ['gateway.k8s.aws/nlb', 'eks.amazonaws.com/gateway-nlb'],
  ['elbv2.k8s.aws', 'eks.amazonaws.com'],
])('%s on node groups is %s in Auto Mode', (groups, auto) => {
  expect(counterpartIn('auto', groups)).toBe(auto);
  expect(counterpartIn('node-groups', auto)).toBe(groups);
  expect(counterpartIn('auto', auto)).toBeUndefined();
  expect(counterpartIn('node-groups', groups)).toBeUndefined();
});

test('the driver that was part of Kubernetes is served on node groups only', () => {
  expect(counterpartIn('auto', 'kubernetes.io/aws-ebs')).toBe('ebs.csi.eks.amazonaws.com');
  expect(counterpartIn('node-groups', 'kubernetes.io/aws-ebs')).toBeUndefined();
});

test('what no mode knows has no counterpart', () => {
  expect(counterpartIn('auto', 'efs.csi.aws.com')).toBeUndefined();
});

test.each([
  ['ebs.csi.aws.com', true],
  ['ebs.csi.eks.amazonaws.com', true],
  ['kubernetes.io/aws-ebs', true],
  ['efs.csi.aws.com', false],
  [undefined, false],
])('%p makes EBS volumes: %p', (name, expected) => {
  expect(isEbsDriver(name)).toBe(expected);
});
