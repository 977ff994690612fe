import type { IConstruct } from 'constructs';
import type { StatefulSet } from '../../imports/kubernetes';
import { apiObjectsOf, manifestOf } from '../core/app-objects';
import { AppSlot } from '../core/app-state';
import { addTextFile } from '../core/synthesis/output';

const documented = new AppSlot<{ done: boolean }>('growth', () => ({ done: false }));
/** The file, in the folder of the manifests. */
export const GROWTH_FILE = 'volumes.md';

/** Adds the page on how the volumes of the app's sets grow, once. */
export function documentGrowth(set: IConstruct): void {
  const state = documented.of(set);
  if (!state.done) {
    state.done = true;
    const { root } = set.node;
    addTextFile(root, GROWTH_FILE, () => growthPage(setsOf(root)));
  }
}

function setsOf(root: IConstruct): readonly StatefulSet[] {
  return apiObjectsOf(root)
    .filter(({ kind }) => kind === 'StatefulSet')
    .map((object) => manifestOf(object) as unknown as StatefulSet);
}

/** The commands by which the volumes of each set get the size that is in the manifests. */
export function growthPage(sets: readonly StatefulSet[]): string {
  const withVolumes = sets.filter(({ spec }) => (spec?.volumeClaimTemplates ?? []).length > 0);
  const sections = [...withVolumes].sort(byName).map(section);
  return `${[HEAD, ...sections].join('\n\n')}\n`;
}

const HEAD = `# Growing volumes

Made together with the manifests from the same program; changes belong there. \`kubectl apply\` refuses another size of a StatefulSet, since its claim templates
cannot be changed. These commands make its volumes as large as they are in the manifests, while its members run:

1. Write a larger \`size\`, or another \`attributesClass\`, in the program, and synthesize: the commands change with it. A volume cannot shrink.
2. Where Argo CD or Flux applies the manifests, pause it for the set.
3. Run the commands of the set in the folder of this file. The set is deleted without its pods, and made again with the new size; then its claims grow.

EBS takes a change of a volume every six hours.`;

function section(set: StatefulSet): string {
  const { name, namespace = 'default' } = set.metadata;
  const { replicas = 1, ordinals, volumeClaimTemplates = [] } = set.spec!;
  const kubectl = `kubectl -n ${namespace}`;
  const first = ordinals?.start ?? 0;
  const claims = volumeClaimTemplates.flatMap(({ metadata, spec }) =>
    Array.from({ length: replicas }, (_, i) => ({
      claim: `${metadata?.name}-${name}-${first + i}`,
      wanted: {
        resources: { requests: { storage: String(spec?.resources?.requests?.storage) } },
        ...(spec?.volumeAttributesClassName ? { volumeAttributesClassName: spec.volumeAttributesClassName } : {}),
      },
    })),
  );
  const commands = [
    `${kubectl} delete statefulset ${name} --cascade=orphan`,
    'kubectl apply -f .',
    ...claims.map(({ claim, wanted }) => `${kubectl} patch pvc ${claim} -p '${JSON.stringify({ spec: wanted })}'`),
    `${kubectl} get pvc ${claims.map(({ claim }) => claim).join(' ')}`,
  ];
  return `## ${namespace}/${name}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}

function byName(a: StatefulSet, b: StatefulSet): number {
  const key = ({ metadata }: StatefulSet) => `${metadata.namespace}/${metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}
