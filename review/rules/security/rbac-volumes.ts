import { title } from '../../../kube/inventory';
import { givesPower, VOLUME_MAKING } from '../../../kube/rbac';
import { rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** Roles that make volumes of the cluster. */
export const rule: Rule = {
  id: 'security/rbac-volumes',
  title: 'roles do not create PersistentVolumes',
  severity: 'advice',
  why: 'A PersistentVolume can be a folder of a node, so whoever may create one, and a claim for it, reads and writes what the node has. Claims get volumes by their StorageClass.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [persistentvolumes], verbs: [create] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [persistentvolumeclaims], verbs: [create] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      // volumes have no namespace, so a Role grants nothing of them
      const i = clusterWide ? rules.findIndex((one) => givesPower(one, VOLUME_MAKING)) : -1;
      if (i >= 0) {
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows to create PersistentVolumes, which can be folders of a node`,
          fix: 'leave it out; a program asks for a volume by a claim, and only the driver of a storage makes one',
        });
      }
    }
  },
};
