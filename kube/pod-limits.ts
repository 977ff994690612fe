import type { Container, PodSpec } from '../imports/kubernetes';
import { quantityOf } from './quantity';

/**
 * What the containers of a pod, or some of them, may use of a resource together, in billionths; undefined where one of
 * them has no limit.
 * `fallback` is the limit of a container without one, as a LimitRange gives it.
 */
export function podLimit(
  { containers = [], initContainers = [], resources }: PodSpec,
  name: string,
  fallback: bigint | undefined,
  of: (container: Container) => boolean = () => true,
): bigint | undefined {
  const own = quantityOf(resources?.limits?.[name]);
  if (own !== undefined) {
    return own;
  }
  const staying = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const limits = [...containers, ...staying].filter(of).map((container) => {
    const value = container.resources?.limits?.[name];
    return value === undefined ? fallback : quantityOf(value);
  });
  return limits.length === 0 || limits.includes(undefined)
    ? undefined
    : limits.reduce<bigint>((total, limit) => total + limit!, 0n);
}
