import {
  type Inventory,
  type InventoryObject,
  type Names,
  namesOfKind,
  ofKindsInOrder,
  title,
} from '../../../kube/inventory';
import { NamesByKind } from '../../../kube/names-by-kind';
import type { IsAsked } from '../../../kube/objects-of-kind';
import { eachReference, hasReferences, madeFrom, makesOthers, type Reference } from '../../../kube/references';
import { authenticationSecrets, mayLogIn } from '../../authentication';
import { objectsOfKinds } from '../../kinds';
import { mayBeMadeByPods } from '../../made-at-run-time';
import type { ReportFinding, Rule } from '../../rule';

/** In every namespace, made by Kubernetes itself. */
const ALWAYS = ['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'];
/** What API servers of extensions use to authenticate clients. */
const IN_KUBE_SYSTEM = [
  'Role/extension-apiserver-authentication-reader',
  'ConfigMap/extension-apiserver-authentication',
];

/** A reference to an object that is neither in the set nor declared: pods wait for it. */
export const rule: Rule = {
  id: 'references/missing',
  title: 'an object that is referred to is in the set, or declared as existing',
  severity: 'error',
  why: 'A pod waits for every ConfigMap, Secret, ServiceAccount and claim that it refers to. Where one is missing, it never starts.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  volumes: [{ name: settings, configMap: { name: settings } }]
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  volumes: [{ name: settings, configMap: { name: settings } }]
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  check: ({ inventory, existing }, report) => {
    if (!inventory.complete) {
      return;
    }
    const made = new NamesByKind();
    for (const { kind, namespace, name } of existing) {
      made.add(kind, namespace, name);
    }
    for (const named of IN_KUBE_SYSTEM) {
      const [kind, name] = named.split('/') as [string, string];
      made.add(kind, 'kube-system', name);
    }
    for (const { manifest, namespace } of objectsOfKinds(inventory, makesOthers)) {
      for (const { kind, name } of madeFrom(manifest)) {
        made.add(kind, namespace, name);
      }
    }
    const known = new KnownNames(inventory, made);
    for (const object of ofKindsInOrder(inventory, mayRefer)) {
      const { namespace } = object;
      let missing: Set<string> | undefined;
      const look = (kind: string, name: string) => {
        if (known.has(kind, namespace, name)) {
          return;
        }
        const wanted = `${kind}/${name}`;
        missing ??= new Set();
        if (!ALWAYS.includes(wanted) && !missing.has(wanted)) {
          missing.add(wanted);
          reportMissing(object, { kind, name }, known, report);
        }
      };
      eachReference(object.manifest, look);
      for (const { kind, name } of authenticationSecrets(object)) {
        look(kind, name);
      }
    }
  },
};

function reportMissing(object: InventoryObject, { kind, name }: Reference, known: KnownNames, report: ReportFinding) {
  const { namespace } = object;
  const reference = `{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }`;
  if (kind === 'Secret' && known.has('SecretProviderClass', namespace, name)) {
    report(object, {
      message: `${title(object)} refers to Secret '${namespace}/${name}', which SecretProviderClass '${name}' does not create`,
      fix: "add secretObjects with that secretName to it (a pattern does so for a variable: env: { PASSWORD: secret.env('password') }), or mount the class as a volume and read the file",
    });
  } else if (object.origin.construct === undefined) {
    // a controller, a Job or another set of files may make it
    const isMade = mayBeMadeByPods(known.inventory, kind, namespace);
    report(object, {
      severity: isMade ? 'advice' : 'warning',
      message: `${title(object)} refers to ${kind} '${namespace}/${name}', which is not among these files${isMade ? ', though their pods may create it' : ''}`,
      fix: `add it, or declare in the configuration that it exists: existing: [${reference}]`,
    });
  } else {
    report(object, {
      message: `${title(object)} refers to ${kind} '${namespace}/${name}', which this app does not make`,
      fix: `create it, or declare that it exists: new EksApp({ existing: [${reference}] })`,
    });
  }
}

/** Kinds of which an object may name others. */
const mayRefer: IsAsked = (of) => hasReferences(of) || mayLogIn(of);

/** What there is by name: objects of the set, and what is there beside them. */
class KnownNames {
  private readonly ofSet = new Map<string, readonly Names[]>();

  constructor(
    readonly inventory: Inventory,
    private readonly others: NamesByKind,
  ) {}

  has(kind: string, namespace: string, name: string): boolean {
    let ofKind = this.ofSet.get(kind);
    if (ofKind === undefined) {
      ofKind = namesOfKind(this.inventory, kind);
      this.ofSet.set(kind, ofKind);
    }
    for (const names of ofKind) {
      if (names.get(namespace)?.has(name)) {
        return true;
      }
    }
    return this.others.has(kind, namespace, name);
  }
}
