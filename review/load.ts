import type { Finding } from '../kube/finding';
import { Inventory, type InventoryObject, type Origin, referenceTo } from '../kube/inventory';
import { isObject } from '../kube/loose';
import { type Manifest, namespaceIn } from '../kube/objects';
import { Seen } from '../kube/of-shape';
import { MAX_DEPTH } from '../kube/plain-data';
import { stripInvalid, typeOf } from '../kube/strip-invalid';
import { indexPath, keyPath } from '../kube/text';

/** One document of a file, or what a construct renders. */
export interface SourceDocument {
  /** Plain data, of whatever form. */
  readonly value: unknown;
  readonly origin: Origin;
}

/** What documents hold. */
export interface LoadedObjects {
  readonly objects: readonly InventoryObject[];
  /** Rules `manifests/not-an-object`, `manifests/head` and `manifests/type`. */
  readonly findings: readonly Finding[];
  /** False when a document or an item of a List is not an object. */
  readonly complete: boolean;
}

/**
 * The objects of any documents, as rules can read them: Lists are flattened, empty documents skipped, nulls and values
 * of the wrong type dropped. What is dropped for its form is a finding. `unread` is about documents that are missing.
 */
export function loadInventory(documents: readonly SourceDocument[], unread: readonly Finding[] = []): Inventory {
  const { objects, findings, complete } = loadObjects(documents);
  return new Inventory(objects, { complete: complete && unread.length === 0, findings: [...unread, ...findings] });
}

/** The same, before an inventory is made of it. A ClusterConfig is for eksctl, and left out. */
export function loadObjects(documents: readonly SourceDocument[]): LoadedObjects {
  const loader = new Loader();
  for (const { value, origin } of documents) {
    loader.load(value, origin);
  }
  return loader;
}

/** Whether an object is for eksctl, not for the cluster. */
export function isClusterConfig(value: unknown): boolean {
  return isObject(value) && typeof value.apiVersion === 'string' && value.apiVersion.startsWith('eksctl.io/');
}

/** Takes one document after the other. */
export class Loader implements LoadedObjects {
  readonly objects: InventoryObject[] = [];
  readonly findings: Finding[] = [];
  complete = true;
  private readonly lists = new Set<object>();
  private readonly seen = new Seen();

  load(value: unknown, origin: Origin): void {
    if (value !== null && value !== undefined) {
      this.add(value, origin, '');
    }
  }

  private add(value: unknown, origin: Origin, path: string): void {
    if (!isObject(value)) {
      this.refuse(origin, 'manifests/not-an-object', path, `must be an object, but is ${typeOf(value)}`, OBJECT_FIX);
    } else if (isList(value)) {
      this.addItems(value, origin, path);
    } else if (!isClusterConfig(value) && this.hasHead(value, origin, path)) {
      this.addObject(value as unknown as Manifest, origin);
    }
  }

  private addObject(value: Manifest, origin: Origin): void {
    const { manifest, problems, size, conforms, hasExpressions, expressionsFit } = stripInvalid(value, this.seen);
    // written out: with a spread the engine adds the other fields one by one
    const namespace = namespaceIn(manifest);
    const object = { manifest, origin, namespace, size, conforms, hasExpressions, expressionsFit };
    this.objects.push(object);
    for (const { field, message, fix } of problems) {
      this.findings.push({
        ...placed(origin),
        rule: 'manifests/type',
        object: referenceTo(object),
        field,
        message,
        fix,
      });
    }
  }

  private addItems(list: List, origin: Origin, path: string): void {
    const { apiVersion, kind, items } = list;
    const at = keyPath(path, 'items');
    if (this.lists.has(list) || this.lists.size > MAX_DEPTH) {
      this.refuse(origin, 'manifests/type', at, 'contains itself, or is nested too deeply', 'write a flatter List');
    } else if (Array.isArray(items)) {
      this.lists.add(list);
      items.forEach((item: unknown, i) => {
        this.add(
          kind === 'List' ? item : typed(item, apiVersion, kind.slice(0, -'List'.length)),
          origin,
          indexPath(at, i),
        );
      });
      this.lists.delete(list);
    } else if (items !== null && items !== undefined) {
      this.refuse(origin, 'manifests/type', at, `must be a list, but is ${typeOf(items)}`, 'write a list of objects');
    }
  }

  private hasHead({ apiVersion, kind, metadata }: Record<string, unknown>, origin: Origin, path: string): boolean {
    const name = isObject(metadata) ? metadata.name : undefined;
    if (isText(apiVersion) && isText(kind) && isText(name)) {
      return true;
    }
    this.requireText(apiVersion, origin, keyPath(path, 'apiVersion'), "write 'apps/v1', 'v1' or another API version");
    this.requireText(kind, origin, keyPath(path, 'kind'), "write 'Deployment', 'Service' or another kind");
    const at = keyPath(path, 'metadata');
    if (isObject(metadata) && isText(metadata.generateName) && name === undefined) {
      const field = keyPath(at, 'generateName');
      this.refuse(
        origin,
        'manifests/head',
        field,
        'is for kubectl create: kubectl apply refuses it',
        'write metadata.name',
      );
    } else if (isObject(metadata) || metadata === null || metadata === undefined) {
      this.requireText(name, origin, keyPath(at, 'name'), 'write the name of the object');
    } else {
      this.refuse(origin, 'manifests/head', at, `must be an object, but is ${typeOf(metadata)}`, 'write metadata.name');
    }
    return false;
  }

  private requireText(value: unknown, origin: Origin, field: string, fix: string): void {
    if (value === undefined || value === null || value === '') {
      this.refuse(origin, 'manifests/head', field, 'is required', fix);
    } else if (typeof value !== 'string') {
      this.refuse(origin, 'manifests/head', field, `must be a string, but is ${typeOf(value)}`, 'put it in quotes');
    }
  }

  /** What is refused is missing in the inventory. */
  private refuse(origin: Origin, rule: string, field: string, problem: string, fix: string): void {
    this.complete = false;
    const message = `${field || 'the document'} ${problem}`;
    this.findings.push({ ...placed(origin), rule, ...(field === '' ? {} : { field }), message, fix });
  }
}

const OBJECT_FIX = 'write an object with apiVersion, kind and metadata';

interface List extends Record<string, unknown> {
  readonly kind: string;
}

/** A List, or what `kubectl get -o yaml` prints of one kind: a DeploymentList. */
function isList(value: Record<string, unknown>): value is List {
  const { kind, items } = value;
  return kind === 'List' || (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items));
}

/** Items of a list of one kind may leave out what they are. */
function typed(item: unknown, apiVersion: unknown, kind: string): unknown {
  return isObject(item) && item.kind === undefined ? { ...item, apiVersion, kind } : item;
}

function placed({ construct, file }: Origin): Pick<Finding, 'severity' | 'construct' | 'file'> {
  return { severity: 'error', ...(construct === undefined ? {} : { construct }), ...(file ? { file } : {}) };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
