import { copyPlain } from '../../kube/copy';
import { ISTIO_SIDECAR } from '../../kube/injectors';
import type { Manifest } from '../../kube/objects';
import { hasPodTemplate, podTemplates } from '../../kube/pod-templates';
import type { PodTemplate } from '../../kube/workload-kind';

/**
 * Manifests as a quota counts them in a namespace with Istio's sidecars: each pod with its proxy, of the size that its
 * annotations say, or else of that which Istio gives.
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
