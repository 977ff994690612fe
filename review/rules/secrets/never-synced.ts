import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { containersOf } from '../../../kube/pod-resources';
import type { Rule } from '../../rule';

/** The Secrets Store CSI driver makes the Secret of a class when a pod mounts the class, not before. */
export const rule: Rule = {
  id: 'secrets/never-synced',
  title: 'a SecretProviderClass whose Secret is used is mounted by a pod',
  severity: 'error',
  why: 'The Secrets Store CSI driver syncs a class to its Kubernetes Secret only while a pod mounts the class as a volume. Without one the Secret never exists, and the pods that refer to it stay in CreateContainerConfigError.',
  source: 'https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret',
  bad: `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: db, namespace: shop }
spec: { provider: aws, secretObjects: [{ secretName: db, type: Opaque, data: [{ key: password, objectName: password }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, env: [{ name: P, valueFrom: { secretKeyRef: { name: db, key: password } } }] }] }
`,
  good: `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: db, namespace: shop }
spec: { provider: aws, secretObjects: [{ secretName: db, type: Opaque, data: [{ key: password, objectName: password }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers: [{ name: web, image: web, env: [{ name: P, valueFrom: { secretKeyRef: { name: db, key: password } } }] }]
  volumes: [{ name: db, csi: { driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: { secretProviderClass: db } } }]
`,
  check: ({ inventory, existing }, report) => {
    const classes = inventory.ofKind('SecretProviderClass', 'secrets-store.csi.x-k8s.io');
    if (!inventory.complete || classes.length === 0) {
      return;
    }
    const { mounted, used } = inventory.view(secretUse);
    const elsewhere = new Set([
      ...inventory.ofKind('Secret', '').map(({ namespace, manifest }) => `${namespace}/${manifest.metadata.name}`),
      ...existing.flatMap(({ kind, namespace, name }) => (kind === 'Secret' ? [`${namespace}/${name}`] : [])),
    ]);
    for (const object of classes) {
      const { namespace, manifest } = object;
      if (mounted.has(`${namespace}/${manifest.metadata.name}`)) {
        continue;
      }
      const { secretObjects } = (manifest.spec ?? {}) as { readonly secretObjects?: unknown };
      for (const [i, made] of (Array.isArray(secretObjects) ? secretObjects : []).entries()) {
        const name = (made as { readonly secretName?: unknown } | undefined)?.secretName;
        const user = used.get(`${namespace}/${String(name)}`);
        if (user && !elsewhere.has(`${namespace}/${String(name)}`)) {
          report(object, {
            field: `spec.secretObjects[${i}].secretName`,
            message: `no pod mounts ${title(object)}, so its Secret '${String(name)}', which ${title(user)} refers to, is never made`,
            fix: `mount the class in the pods of ${title(user)}: volumes: [{ name: 'secrets', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: '${manifest.metadata.name}' } } }]`,
          });
        }
      }
    }
  },
};

/** The classes that pods mount, and a pod for each Secret that is referred to. */
const secretUse = ({ pods }: Inventory) => {
  const mounted = new Set<string>();
  const used = new Map<string, PodObject>();
  for (const pod of pods) {
    const use = (name: string | undefined, optional?: boolean) => {
      if (name !== undefined && optional !== true) {
        used.set(`${pod.namespace}/${name}`, pod);
      }
    };
    for (const { csi, secret, projected } of pod.spec.volumes ?? []) {
      mounted.add(`${pod.namespace}/${csi?.volumeAttributes?.secretProviderClass}`);
      use(secret?.secretName, secret?.optional);
      for (const source of projected?.sources ?? []) {
        use(source.secret?.name, source.secret?.optional);
      }
    }
    for (const { env = [], envFrom = [] } of containersOf(pod.spec)) {
      for (const { valueFrom } of env) {
        use(valueFrom?.secretKeyRef?.name, valueFrom?.secretKeyRef?.optional);
      }
      for (const { secretRef } of envFrom) {
        use(secretRef?.name, secretRef?.optional);
      }
    }
  }
  return { mounted, used };
};
