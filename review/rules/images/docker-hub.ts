import { imageName } from '../../../kube/images';
import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Images that need an anonymous answer of Docker Hub at every start. */
export const rule: Rule = {
  id: 'images/docker-hub',
  title: 'a start does not wait for an anonymous answer of Docker Hub',
  severity: 'advice',
  why: "With the pull policy 'Always' the registry must answer at every start, also of an image that is on the node. Docker Hub limits what an address may ask without an account, and all nodes behind a NAT gateway are one address: members of a database then do not come back.",
  source: 'https://docs.docker.com/docker-hub/usage/',
  bad: pod('redis:8.0.1'),
  good: pod('public.ecr.aws/docker/library/redis:8.0.1'),
  check: ({ inventory }, report) => {
    for (const one of inventory.pods) {
      const found = new Places(report, one);
      if ((one.spec.imagePullSecrets ?? []).length > 0) {
        continue;
      }
      for (const { container, field } of podContainers(one)) {
        const { image, imagePullPolicy, name } = container;
        if (imagePullPolicy === 'Always' && typeof image === 'string' && image !== '' && isOfDockerHub(image)) {
          found.add(image, {
            message: `container '${name}' of ${title(one)} asks Docker Hub for '${image}' at every start, without an account`,
            fix: "take the copy in public.ecr.aws or a pull-through cache, write imagePullPolicy: 'IfNotPresent', or give the account in imagePullSecrets",
            field: `${field}.image`,
            container: name,
          });
        }
      }
      found.finish();
    }
  },
};

/** A first part with a dot or a port is a registry. */
function isOfDockerHub(image: string): boolean {
  const [first = '', ...rest] = imageName(image).split('/');
  return (
    (rest.length === 0 && image !== 'auto') ||
    ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(first) ||
    (rest.length === 1 && !/[.:]/.test(first) && first !== 'localhost')
  );
}

function pod(image: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: cache, namespace: default }
spec: { containers: [{ name: cache, image: '${image}', imagePullPolicy: Always }] }
`;
}
