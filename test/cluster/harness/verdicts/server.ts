import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Manifest, temporaryFolder } from '../../../support/app';
import type { EditedObject } from '../../../support/plan-edits/draw';
import { pluralOf } from '../dry-run';
import { QUICK } from '../kubectl';
import { Plane } from '../plane';
import { type Answer, Recorder } from '../recorder';
import { Requests } from '../requests';

/** What an apply of kubectl comes to on the API server. */
export interface Outcome {
  /** The fields that are refused; undefined where it is taken. */
  readonly refused?: readonly string[];
  /** What the server says. */
  readonly message: string;
  /** What it would hold. */
  readonly object?: Manifest;
}

/** kubectl cannot make a patch of lists in which an item lacks the key. */
const MISSING_KEY = /does not contain declared merge key: (\w+)/;
/** The name is bound to the content. */
const NAMED_BY_CONTENT: ReadonlySet<string> = new Set(['APIService', 'CustomResourceDefinition']);
/** What a claim needs, to be one that is in use. */
const CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'a.example.com',
  allowVolumeExpansion: true,
};

/** An API server on which originals are applied, and which is asked about edits of them. Nothing of the edits is stored. */
export class VerdictServer {
  private readonly folder = temporaryFolder();

  private constructor(
    readonly plane: Plane,
    private readonly requests: Requests,
    private readonly recorder: Recorder,
  ) {}

  static async start(minor: string): Promise<VerdictServer> {
    const plane = await Plane.start({ minor, parts: 'api' });
    const requests = new Requests(plane.kube());
    return new VerdictServer(plane, requests, await Recorder.start(requests.server, requests.token));
  }

  async stop(): Promise<void> {
    await this.recorder.stop();
    this.requests.close();
    await this.plane.stop();
  }

  /** Applies objects as a user does; their namespaces and what else they need comes first. */
  async apply(originals: readonly Manifest[]): Promise<void> {
    const namespaces = new Set(['default', ...originals.flatMap(({ metadata }) => metadata.namespace ?? [])]);
    const needed = [...namespaces].flatMap((name): Manifest[] => [
      ...(name === 'default' ? [] : [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]),
      ...['default', 'web'].map((account) => ({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: account, namespace: name },
      })),
    ]);
    await this.run([CLASS, ...needed]);
    await this.run(originals);
    await Promise.all(originals.filter(({ kind }) => kind === 'PersistentVolumeClaim').map((one) => this.bind(one)));
  }

  /** As the controllers do when they find a volume for a claim. */
  private async bind(claim: Manifest): Promise<void> {
    const status = { phase: 'Bound', capacity: claim.spec.resources.requests };
    await this.setStatus(claim, status);
  }

  async setStatus(object: Manifest, status: object): Promise<void> {
    await this.requests.done('PATCH', `${pathOf(object)}/status`, { status }, 'application/merge-patch+json');
  }

  /** As somebody else than kubectl changes an object. */
  async patch(object: Manifest, change: object): Promise<void> {
    await this.requests.done('PATCH', pathOf(object), change, 'application/merge-patch+json');
  }

  /** What the server holds of an object. */
  async live(object: Manifest): Promise<Manifest> {
    return (await this.requests.done('GET', pathOf(object))) as Manifest;
  }

  /** Of edits those after which the object could be created: an edit that is refused on its own is none of an update. */
  async withoutInvalid(edits: readonly EditedObject[]): Promise<EditedObject[]> {
    const taken = await Promise.all(edits.map(({ edited }) => this.canBeCreated(edited)));
    return edits.filter((_, index) => taken[index]);
  }

  private async canBeCreated(object: Manifest): Promise<boolean> {
    const { metadata, kind } = object;
    const name = kind === 'CSIDriver' ? `x-${metadata.name}` : `${metadata.name}-x`;
    const copy = NAMED_BY_CONTENT.has(kind) ? object : { ...object, metadata: { ...metadata, name } };
    const collection = pathOf(copy).slice(0, -(copy.metadata.name.length + 1));
    const answer = await this.requests.ask('POST', `${collection}?dryRun=All`, copy);
    // a name that is taken is looked at after all else
    return answer !== undefined && (answer.status < 300 || answer.status === 409);
  }

  /** What an apply of each edited object comes to, by kubectl, without storing it. */
  async outcomes(edits: readonly EditedObject[]): Promise<Outcome[]> {
    const files = this.write(edits.map(({ edited }) => edited));
    this.recorder.take();
    const { stderr } = await this.plane
      .kubectl()
      .try('apply', ...this.flags(files), '--dry-run=server', `--server=${this.recorder.url}`);
    const answers = answersTo(edits, this.recorder.take());
    return edits.map((_, index) => outcomeOf(answers[index], saidOf(stderr, files.names[index]!)));
  }

  private async run(objects: readonly Manifest[]): Promise<void> {
    await this.plane.kubectl().run('apply', ...this.flags(this.write(objects)));
  }

  private flags({ folder }: { readonly folder: string }): string[] {
    return ['-f', folder, QUICK, '--openapi-patch=false'];
  }

  private write(objects: readonly Manifest[]): { readonly folder: string; readonly names: readonly string[] } {
    const folder = fs.mkdtempSync(path.join(this.folder, 'apply-'));
    const names = objects.map((_, index) => path.join(folder, `${String(index).padStart(6, '0')}.json`));
    for (const [index, object] of objects.entries()) {
      fs.writeFileSync(names[index]!, JSON.stringify(object));
    }
    return { folder, names };
  }
}

/** kubectl asks for each object, and then sends a patch if there is anything to change. */
function answersTo(edits: readonly EditedObject[], answers: readonly Answer[]): (Answer | undefined)[] {
  const found: (Answer | undefined)[] = [];
  for (const answer of answers) {
    const next = edits[found.length];
    if (answer.method === 'GET' && next && answer.path === pathOf(next.edited)) {
      found.push(answer);
    } else if (
      answer.method === 'PATCH' &&
      found.length > 0 &&
      answer.path === pathOf(edits[found.length - 1]!.edited)
    ) {
      found[found.length - 1] = answer;
    }
  }
  if (found.length !== edits.length) {
    throw new Error(`kubectl asked for ${found.length} of ${edits.length} objects`);
  }
  return found;
}

/** What kubectl says about a file. */
function saidOf(stderr: string, file: string): string {
  const at = stderr.indexOf(file);
  return at < 0 ? '' : stderr.slice(at);
}

interface Refusal {
  readonly message: string;
  readonly details?: { readonly causes?: readonly { readonly field: string }[] };
}

function outcomeOf(answer: Answer | undefined, said: string): Outcome {
  if (answer!.method === 'GET' && said !== '') {
    const key = MISSING_KEY.exec(said)?.[1] ?? 'kubectl';
    return { refused: [key], message: said.slice(0, 300) };
  }
  if (answer!.status < 300) {
    return { message: '', object: answer!.body as Manifest };
  }
  const { message, details } = answer!.body as Refusal;
  const fields = new Set((details?.causes ?? []).map(({ field }) => field));
  return { refused: [...fields].sort(), message };
}

/** '/apis/apps/v1/namespaces/default/deployments/web'. */
function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const space = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${base}${space}/${pluralOf(kind)}/${metadata.name}`;
}
