import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { TestCluster } from './cluster';
import { nameOf } from './pods';

/** What happened to the containers of the pods of a namespace, in its order: 'started proxy', 'ended web'. */
export function containerStory({ audit }: TestCluster, namespace: string): string[] {
  const known = new Map<string, V1ContainerStatus['state']>();
  return audit.versions(namespace).flatMap((pod) =>
    statusesOf(pod).flatMap(({ name, state }) => {
      const key = `${nameOf(pod)}/${name}`;
      const before = known.get(key);
      known.set(key, state);
      const started = before?.running || before?.terminated ? [] : [`started ${name}`];
      const ended = state?.terminated && !before?.terminated ? [`ended ${name}`] : [];
      return state?.running || state?.terminated ? [...started, ...ended] : [];
    }),
  );
}

const statusesOf = ({ status }: V1Pod): V1ContainerStatus[] => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];
