/** Edits of a tenant's objects as users write them in `customize`: valid, invalid or unwise. */
import type { Manifest } from '../app';

type Edits = Readonly<Record<string, (object: Manifest) => void>>;

export const TENANT_EDITS: readonly Edits[] = [
  { namespace: (o) => void Object.assign(o.metadata.labels, { 'example.com/stage': 'prod' }) },
  { namespace: (o) => void Object.assign(o.metadata.labels, { 'example.com/stage': 'not a label' }) },
  { namespace: (o) => void Object.assign(o.metadata, { annotations: { 'not a key': 'x' } }) },
  { namespace: (o) => void Object.assign(o.metadata.labels, { 'pod-security.kubernetes.io/enforce': 'strict' }) },
  { resourceQuota: (o) => void Object.assign(o.spec.hard, { 'count/secrets': '10' }) },
  { resourceQuota: (o) => void Object.assign(o.spec.hard, { 'requests.cpu': '1 core' }) },
  { resourceQuota: (o) => void Object.assign(o.spec.hard, { 'requests.cpu': '-1' }) },
  { resourceQuota: (o) => void Object.assign(o.spec, { scopes: ['BestEffort', 'NotBestEffort'] }) },
  { resourceQuota: (o) => void Object.assign(o.spec, { scopes: ['Anything'] }) },
  { limitRange: (o) => void Object.assign(o.spec.limits[0], { max: { memory: '1M' } }) },
  { limitRange: (o) => void Object.assign(o.spec.limits[0], { max: { memory: '64Gi' } }) },
  { limitRange: (o) => void o.spec.limits.push({ type: 'PersistentVolumeClaim', max: { storage: '100Gi' } }) },
  { limitRange: (o) => void o.spec.limits.push({ type: 'PersistentVolumeClaim' }) },
  { limitRange: (o) => void o.spec.limits.push({ type: 'Container', max: { cpu: '4' } }) },
  { networkPolicy: (o) => void Object.assign(o.spec, { policyTypes: ['Ingress', 'Egress', 'Egres'] }) },
  { networkPolicy: (o) => void Object.assign(o.spec, { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] }) },
  { editBinding: (o) => void o.subjects.push({ kind: 'User', name: 'anna', apiGroup: 'rbac.authorization.k8s.io' }) },
  { editBinding: (o) => void o.subjects.push({ kind: 'Users', name: 'anna' }) },
  { viewBinding: (o) => void o.subjects.push({ kind: 'ServiceAccount', name: 'ci' }) },
  { adminBinding: (o) => void Object.assign(o.roleRef, { kind: 'Roles' }) },
];
