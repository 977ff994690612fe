import { copyPlain } from './copy';
import { asksFor, INJECTORS, ISTIO_SIDECAR } from './injectors';
import type { Manifest } from './objects';
import { hasPodTemplate, podTemplates } from './pod-templates';
import type { PodTemplate } from './workload-kind';

/** Whether Istio gives a proxy to the pods of a namespace with these labels. */
export function givesProxies(labels: Readonly<Record<string, string>> | undefined): boolean {
  const { onNamespace } = INJECTORS.find(({ name }) => name === 'Istio')!;
  return labels?.['istio-injection'] !== 'disabled' && asksFor(onNamespace, labels) !== undefined;
}

/**
 * Manifests as a quota and the scheduler count them in a namespace with Istio's sidecars: each pod with its proxy, of the size
 * that its annotations say, or else of that which Istio gives.
 */
export function withProxies(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.map((manifest) => {
    if (!hasPodTemplate(manifest)) {
      return manifest;
    }
    const copy = copyPlain(manifest);
    for (const { template } of podTemplates(copy)) {
      addProxy(template);
    }
    return copy;
  });
}

function addProxy({ metadata, spec }: PodTemplate): void {
  const { inject, annotations: keys, size, container } = ISTIO_SIDECAR;
  const { labels, annotations = {} } = metadata ?? {};
  if (!spec || spec.hostNetwork || labels?.[inject] === 'false' || annotations[inject] === 'false') {
    return;
  }
  const names = ['cpu', 'memory', 'cpuLimit', 'memoryLimit'] as const;
  // one annotation is enough for Istio to give nothing by itself
  const isSaid = names.some((name) => annotations[keys[name]] !== undefined);
  const said = (name: (typeof names)[number]) => (isSaid ? annotations[keys[name]] : size[name]);
  const amounts = (cpu: string | undefined, memory: string | undefined) => ({
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  });
  const proxy = {
    name: container,
    image: container,
    restartPolicy: 'Always' as const,
    resources: {
      requests: amounts(said('cpu'), said('memory')),
      limits: amounts(said('cpuLimit'), said('memoryLimit')),
    },
  };
  spec.initContainers = [proxy, ...(spec.initContainers ?? [])];
}
