type Fields = Record<string, unknown>;

const META = ['labels', 'annotations'];
const POD_MAPS = ['affinity', 'nodeSelector'];
const POD_LISTS = ['initContainers', 'tolerations', 'topologySpreadConstraints', 'volumes'];
const POLICY_LISTS = ['egress', 'ingress'];
const CONTAINER_LISTS = ['env', 'envFrom', 'ports', 'volumeMounts'];

/**
 * Fills in the empty lists and maps that the types in written.ts promise to an edit.
 *
 * @returns removes those that are empty still
 */
export function fillEmpty(manifest: object): () => void {
  const filled: (() => void)[] = [];
  const fill = (parent: unknown, keys: readonly string[], empty: () => object): void => {
    if (!isFields(parent)) {
      return;
    }
    for (const key of keys) {
      if (parent[key] === undefined) {
        const value = empty();
        parent[key] = value;
        filled.push(() => {
          if (parent[key] === value && Object.keys(value).length === 0) {
            delete parent[key];
          }
        });
      }
    }
  };
  const { metadata, spec } = manifest as Fields;
  fill(metadata, META, () => ({}));
  if ((manifest as Fields).kind === 'NetworkPolicy') {
    fill(spec, POLICY_LISTS, () => []);
  }
  const template = templateIn(spec);
  if (template) {
    fill(template.metadata, META, () => ({}));
    fill(template.spec, POD_MAPS, () => ({}));
    fill(template.spec, POD_LISTS, () => []);
    const [own] = (template.spec as { containers?: unknown[] }).containers ?? [];
    fill(own, CONTAINER_LISTS, () => []);
  }
  return () => {
    for (const remove of filled) {
      remove();
    }
  };
}

function templateIn(spec: unknown): Fields | undefined {
  const job = isFields(spec) && isFields(spec.jobTemplate) ? spec.jobTemplate.spec : spec;
  const template = isFields(job) ? job.template : undefined;
  return isFields(template) && isFields(template.spec) ? template : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
