{{/* Labels of every object of a service. */}}
{{- define "bench.labels" -}}
app.kubernetes.io/component: service
app.kubernetes.io/instance: {{ .service.name }}
app.kubernetes.io/managed-by: cdk8s-eks-patterns
app.kubernetes.io/name: {{ .service.name }}
app.kubernetes.io/part-of: {{ .tenant.name }}
app.kubernetes.io/version: {{ .service.version }}
owner: {{ .tenant.name }}
{{- end }}
