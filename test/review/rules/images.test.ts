import { pod, said } from './pods';

const FIELD = 'spec.containers[0].image';

test.each([
  ['redis:8', true],
  ['library/redis:8', true],
  ['docker.io/library/redis:8', true],
  ['bitnami/redis:8', true],
  ['quay.io/redis:8', false],
  ['localhost/redis:8', false],
  ['registry:5000/redis:8', false],
  ['public.ecr.aws/docker/library/redis:8', false],
])('%s is of Docker Hub: %s', (image, asked) => {
  const found = (policy: string, spec = '') =>
    said(pod(`containers: [{ name: c, image: '${image}', imagePullPolicy: ${policy} }]${spec}`), 'images');
  expect(found('Always')).toEqual(asked ? [`advice images/docker-hub ${FIELD}`] : []);
  expect(found('IfNotPresent')).toEqual([]);
  expect(found('Always', ', imagePullSecrets: [{ name: hub }]')).toEqual([]);
});
