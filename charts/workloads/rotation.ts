import type { IConstruct } from 'constructs';
import type { StatefulSet } from '../../imports/kubernetes';
import { addTo } from '../../kube/collections';
import type { Secret } from '../config/secret';
import type { SecretBringer } from '../config/secret-origin';
import { apiObjectsOf, manifestOf } from '../core/app-objects';
import { AppSlot } from '../core/app-state';
import { type ControllerKey, isLasting } from '../core/place-of-field';
import { addTextFile } from '../core/synthesis/output';
import type { PodModel } from './pod';
import { secretsReadBy } from './reload';

/** The file, in the folder of the manifests. */
export const ROTATION_FILE = 'secrets.md';

/** A workload that keeps the old value of a secret. */
interface Reader {
  readonly secret: Secret;
  readonly name: string;
  readonly controller: ControllerKey;
  readonly as: 'variables' | 'files';
}

const readers = new AppSlot<Reader[]>('secret-readers', () => []);

/** Notes the secrets of a workload that nothing restarts, for the page of the app. */
export function documentRotation(pod: PodModel): void {
  const { construct, name, shape, props } = pod;
  const { controller } = shape;
  if (props.onSecretChange === 'restart' || !isLasting(controller)) {
    return;
  }
  const { variables, files } = secretsReadBy(pod);
  if (variables.size + files.size === 0) {
    return;
  }
  const all = readers.of(construct);
  if (all.length === 0) {
    const root: IConstruct = construct.node.root;
    addTextFile(root, ROTATION_FILE, () => rotationPage(readers.of(root), setsByHand(root)));
  }
  all.push(
    ...[...variables].map((secret) => ({ secret, name, controller, as: 'variables' }) as const),
    ...[...files]
      .filter((one) => !variables.has(one))
      .map((secret) => ({ secret, name, controller, as: 'files' }) as const),
  );
}

/** Sets whose pods are not all replaced by a rollout: their members, the last first. */
function setsByHand(root: IConstruct): ReadonlyMap<string, readonly string[]> {
  const sets = apiObjectsOf(root)
    .filter(({ kind }) => kind === 'StatefulSet')
    .map((object) => manifestOf(object) as unknown as StatefulSet);
  return new Map(
    sets
      .filter(({ spec }) => {
        const { type, rollingUpdate } = spec?.updateStrategy ?? {};
        return type === 'OnDelete' || (rollingUpdate?.partition ?? 0) > 0;
      })
      .map(({ metadata: { name, namespace }, spec }) => {
        const { replicas = 1, ordinals } = spec!;
        const members = Array.from({ length: replicas }, (_, i) => `${name}-${(ordinals?.start ?? 0) + i}`);
        return [`${namespace}/${name}`, members.reverse()];
      }),
  );
}

/** The commands by which the pods get the new value of each secret. */
function rotationPage(all: readonly Reader[], byHand: ReadonlyMap<string, readonly string[]>): string {
  const bySecret = new Map<Secret, Reader[]>();
  for (const reader of all) {
    addTo(bySecret, reader.secret, reader);
  }
  const key = ({ namespace, secretName }: Secret) => `${namespace}/${secretName}`;
  const sections = [...bySecret].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
  return `${[HEAD, ...sections.map(([secret, own]) => section(key(secret), secret, { own, byHand }))].join('\n\n')}\n`;
}

const HEAD = `# When a secret changes

Made together with the manifests from the same program; changes belong there. Pods keep the variables with which they started, and many programs read a file once.
These commands restart what reads a secret, once the new value is in the cluster. \`onSecretChange: 'restart'\` of a workload has Reloader do it, and takes the workload off this page.

Keep the old value valid until all pods are new. Where Flux applies the manifests, add \`--field-manager=flux-client-side-apply\` to each \`rollout restart\`: otherwise
Flux takes its annotation away, which restarts the pods again.`;

interface Restarted {
  readonly own: readonly Reader[];
  readonly byHand: ReadonlyMap<string, readonly string[]>;
}

function section(title: string, secret: Secret, { own, byHand }: Restarted): string {
  const { namespace, secretName } = secret;
  const kubectl = `kubectl -n ${namespace}`;
  const sorted = [...own].sort((a, b) => (a.name < b.name ? -1 : 1));
  const readAs = (as: Reader['as']) => {
    const names = sorted.filter((one) => one.as === as).map(({ name }) => `\`${name}\``);
    return names.length === 0 ? [] : [`as ${as} by ${names.join(', ')}`];
  };
  const { text, commands } = ARRIVALS[secret.bringer];
  const block = [
    ...commands(kubectl, secretName),
    ...sorted.flatMap(({ controller, name }) => {
      const members = controller === 'statefulSet' ? byHand.get(`${namespace}/${name}`) : undefined;
      return members ? replace(kubectl, members) : restart(kubectl, controller, name);
    }),
  ];
  const read = `Read ${[...readAs('variables'), ...readAs('files')].join(', ')}. ${text}`;
  return `## ${title}\n\n${read}\n\n\`\`\`sh\n${block.join('\n')}\n\`\`\``;
}

const NOTHING = () => [];

/** How the new value comes into the cluster. */
const ARRIVALS: Readonly<
  Record<SecretBringer, { readonly text: string; readonly commands: (kubectl: string, name: string) => string[] }>
> = {
  driver: { text: 'The Secrets Store CSI driver looks for a new value every two minutes.', commands: NOTHING },
  external: {
    text: 'The first command has External Secrets read it now, and the second prints when it last did.',
    commands: (kubectl, name) => [
      `${kubectl} annotate externalsecret ${name} force-sync="$(date +%s)" --overwrite`,
      `${kubectl} get externalsecret ${name} -o jsonpath='{.status.refreshTime}'`,
    ],
  },
  sealed: { text: 'Seal the new value, write it in the program, and apply the manifests.', commands: NOTHING },
  sops: { text: 'Encrypt the new value in its file, and apply that as the steps say.', commands: NOTHING },
  generated: { text: 'External Secrets makes a new value by itself.', commands: NOTHING },
  existing: { text: 'Whoever made the Secret changes it.', commands: NOTHING },
};

/** A Rollout is no kind that `kubectl rollout` knows; its controller evicts what is older. */
function restart(kubectl: string, controller: ControllerKey, name: string): string[] {
  if (controller === 'rollout') {
    return [
      `${kubectl} patch rollout ${name} --type merge -p '{"spec":{"restartAt":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"}}'`,
      `${kubectl} get rollout ${name} -o jsonpath='{.status.restartedAt}'`,
    ];
  }
  const object = `${controller.toLowerCase()}/${name}`;
  return [`${kubectl} rollout restart ${object}`, `${kubectl} rollout status ${object}`];
}

/** One member after another, each when the one before is ready again. */
const replace = (kubectl: string, members: readonly string[]): string[] =>
  members.flatMap((member) => [
    `${kubectl} delete pod ${member}`,
    `${kubectl} wait --for=create pod/${member} --timeout=1m`,
    `${kubectl} wait --for=condition=Ready pod/${member} --timeout=10m`,
  ]);
