{{- range $tenant := .Values.tenants }}
---
apiVersion: v1
kind: Namespace
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: {{ $tenant.name }}
    elbv2.k8s.aws/pod-readiness-gate-inject: enabled
    owner: {{ $tenant.name }}
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/warn: restricted
  name: {{ $tenant.name }}
---
apiVersion: v1
kind: ResourceQuota
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: {{ $tenant.name }}
    owner: {{ $tenant.name }}
  name: quota
  namespace: {{ $tenant.name }}
spec:
  hard:
    {{- toYaml $tenant.quota | nindent 4 }}
---
apiVersion: v1
kind: LimitRange
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: {{ $tenant.name }}
    owner: {{ $tenant.name }}
  name: limits
  namespace: {{ $tenant.name }}
spec:
  limits:
    - default:
        ephemeral-storage: 1Gi
        memory: 256Mi
      defaultRequest:
        cpu: 100m
        ephemeral-storage: 1Gi
        memory: 256Mi
      max:
        memory: {{ index $tenant.quota "limits.memory" }}
      min:
        cpu: 1m
        memory: 4M
      type: Container
    - min:
        storage: 1Gi
      type: PersistentVolumeClaim
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: {{ $tenant.name }}
    owner: {{ $tenant.name }}
  name: default-deny
  namespace: {{ $tenant.name }}
spec:
  podSelector: {}
  policyTypes:
    - Ingress
    - Egress
{{- end }}
