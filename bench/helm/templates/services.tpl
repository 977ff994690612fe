{{- range $tenant := .Values.tenants }}
{{- range $service := $tenant.services }}
{{- $context := dict "tenant" $tenant "service" $service }}
{{- $env := toYaml $service.env }}
{{- $hash := sha256sum $env | trunc 10 }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    argocd.argoproj.io/sync-options: Prune=false
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}-env-{{ $hash }}
  namespace: {{ $tenant.name }}
data:
  {{- $env | nindent 2 }}
immutable: true
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
rules:
  - apiGroups:
      - ""
    resources:
      - configmaps
    verbs:
      - get
      - list
      - watch
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $service.name }}
subjects:
  - kind: ServiceAccount
    name: {{ $service.name }}
    namespace: {{ $tenant.name }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
        - ipBlock:
            cidr: 169.254.20.10/32
    {{- with $service.upstream }}
    - ports:
        - port: 8080
          protocol: TCP
      to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ .name }}
          {{- if ne .tenant $tenant.name }}
          namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ .tenant }}
          {{- end }}
    {{- end }}
    - ports:
        - port: 443
          protocol: TCP
      to:
        - ipBlock:
            cidr: 10.100.0.1/32
  ingress:
    - from:
        {{- range $.Values.loadBalancers }}
        - ipBlock:
            cidr: {{ . }}
        {{- end }}
      ports:
        - port: 8080
          protocol: TCP
    {{- with $service.caller }}
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ .name }}
          {{- if ne .tenant $tenant.name }}
          namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ .tenant }}
          {{- end }}
      ports:
        - port: 8080
          protocol: TCP
    {{- end }}
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ $service.name }}
  policyTypes:
    - Ingress
    - Egress
---
apiVersion: v1
kind: Service
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  ports:
    - name: http
      port: 8080
      protocol: TCP
      targetPort: 8080
  selector:
    app.kubernetes.io/name: {{ $service.name }}
  type: ClusterIP
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ $service.name }}
  unhealthyPodEvictionPolicy: AlwaysAllow
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    alb.ingress.kubernetes.io/group.name: {{ $tenant.name }}
    alb.ingress.kubernetes.io/healthcheck-path: /ready
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]'
    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
    alb.ingress.kubernetes.io/ssl-redirect: "443"
    alb.ingress.kubernetes.io/success-codes: 200-399
    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=35
    alb.ingress.kubernetes.io/target-type: ip
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  ingressClassName: alb
  rules:
    - host: {{ $service.name }}.example.com
      http:
        paths:
          - backend:
              service:
                name: {{ $service.name }}
                port:
                  name: http
            path: /
            pathType: Prefix
  tls:
    - hosts:
        - {{ $service.name }}.example.com
{{- end }}
{{- end }}
