{{- range $name, $class := .Values.storageClasses }}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  {{- if $class.default }}
  annotations:
    storageclass.kubernetes.io/is-default-class: "true"
  {{- end }}
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: prod
  name: {{ $name }}
allowVolumeExpansion: true
parameters:
  encrypted: "true"
  type: gp3
provisioner: ebs.csi.aws.com
reclaimPolicy: {{ $class.reclaimPolicy }}
volumeBindingMode: WaitForFirstConsumer
{{- end }}
{{- range $name, $class := .Values.priorityClasses }}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  labels:
    app.kubernetes.io/managed-by: cdk8s-eks-patterns
    app.kubernetes.io/part-of: prod
  name: {{ $name }}
description: {{ $class.description | quote }}
globalDefault: false
{{- with $class.preemptionPolicy }}
preemptionPolicy: {{ . }}
{{- end }}
value: {{ $class.value | int }}
{{- end }}
