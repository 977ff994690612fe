import { imageName } from '../../../kube/images';
import { title } from '../../../kube/inventory';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Images that need an anonymous answer of Docker Hub at every start. */
export const rule: Rule = {
  id: 'images/docker-hub',
  title: 'a start does not wait for an anonymous answer of Docker Hub',
  severity: 'advice',
  why: "With the pull policy 'Always' the registry must answer at every start, also of an image that is on the node. Docker Hub limits what an address may ask without an account, and all nodes behind a NAT gateway are one address: members of a database then do not come back.",
  source: 'https://docs.docker.com/docker-hub/usage/',
  bad: pod('redis:8.0.1'),
  good: pod('public.ecr.aws/docker/library/redis:8.0.1'),
  check: checkSuspects(suspectContainers(asksDockerHub), (one, report) => {
    if (one.spec.imagePullSecrets?.length) {
      return;
    }
    const containers = podContainers(one);
    const found = new Places(report, one);
    for (const each of containers) {
      const { container, field } = each;
      const { image = '', name } = container;
      if (asksDockerHub(each)) {
        found.add(image, {
          message: `container '${name}' of ${title(one)} asks Docker Hub for '${image}' at every start, without an account`,
          fix: "take the copy in public.ecr.aws or a pull-through cache, write imagePullPolicy: 'IfNotPresent', or give the account in imagePullSecrets",
          field: `${field}.image`,
          container: name,
        });
      }
    }
    found.finish();
  }),
};

/** A first part with a dot or a port is a registry. */
function isOfDockerHub(image: string): boolean {
  const registry = image.slice(0, Math.max(0, image.indexOf('/')));
  if (registry.includes('.') && !registry.includes('@')) {
    return HOSTS.includes(registry);
  }
  const [first = '', ...rest] = imageName(image).split('/');
  return (rest.length === 0 && image !== 'auto') || (rest.length === 1 && !/[.:]/.test(first) && first !== 'localhost');
}

function pod(image: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: cache, namespace: default }
spec: { containers: [{ name: cache, image: '${image}', imagePullPolicy: Always }] }
`;
}

const HOSTS = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

function asksDockerHub({ container: { image, imagePullPolicy } }: PodContainer): boolean {
  return imagePullPolicy === 'Always' && typeof image === 'string' && image !== '' && isOfDockerHub(image);
}
