{{- range $tenant := .Values.tenants }}
{{- range $service := $tenant.services }}
{{- $context := dict "tenant" $tenant "service" $service }}
{{- $hash := toYaml $service.env | sha256sum | trunc 10 }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  progressDeadlineSeconds: 600
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ $service.name }}
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
    type: RollingUpdate
  template:
    metadata:
      labels:
        {{- include "bench.labels" $context | nindent 8 }}
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: kubernetes.io/os
                    operator: In
                    values:
                      - linux
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - podAffinityTerm:
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/name: {{ $service.name }}
                matchLabelKeys:
                  - pod-template-hash
                topologyKey: kubernetes.io/hostname
              weight: 100
      automountServiceAccountToken: true
      containers:
        - envFrom:
            - configMapRef:
                name: {{ $service.name }}-env-{{ $hash }}
          image: registry.example.com/shop/{{ $service.name }}:{{ $service.version }}
          imagePullPolicy: Always
          lifecycle:
            preStop:
              sleep:
                seconds: 15
          livenessProbe:
            failureThreshold: 3
            httpGet:
              path: /live
              port: 8080
            periodSeconds: 10
            timeoutSeconds: 1
          name: {{ $service.name }}
          ports:
            - containerPort: 8080
              name: http
              protocol: TCP
          readinessProbe:
            failureThreshold: 3
            httpGet:
              path: /ready
              port: 8080
            periodSeconds: 10
            timeoutSeconds: 1
          resources:
            limits:
              cpu: "1"
              ephemeral-storage: 1Gi
              memory: 512Mi
            requests:
              cpu: 250m
              ephemeral-storage: 1Gi
              memory: 512Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop:
                - ALL
            readOnlyRootFilesystem: true
          startupProbe:
            failureThreshold: 30
            httpGet:
              path: /live
              port: 8080
            periodSeconds: 10
            timeoutSeconds: 1
          volumeMounts:
            - mountPath: /tmp
              name: scratch-tmp
      dnsConfig:
        options:
          - name: ndots
            value: "2"
      enableServiceLinks: false
      priorityClassName: workload-standard
      restartPolicy: Always
      securityContext:
        fsGroup: 1000
        fsGroupChangePolicy: OnRootMismatch
        runAsGroup: 1000
        runAsNonRoot: true
        runAsUser: 1000
        seccompProfile:
          type: RuntimeDefault
      serviceAccountName: {{ $service.name }}
      terminationGracePeriodSeconds: 40
      topologySpreadConstraints:
        - labelSelector:
            matchLabels:
              app.kubernetes.io/name: {{ $service.name }}
          matchLabelKeys:
            - pod-template-hash
          maxSkew: 1
          nodeTaintsPolicy: Honor
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
        - labelSelector:
            matchLabels:
              app.kubernetes.io/name: {{ $service.name }}
          matchLabelKeys:
            - pod-template-hash
          maxSkew: 1
          nodeTaintsPolicy: Honor
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
      volumes:
        - emptyDir:
            sizeLimit: 64Mi
          name: scratch-tmp
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  labels:
    {{- include "bench.labels" $context | nindent 4 }}
  name: {{ $service.name }}
  namespace: {{ $tenant.name }}
spec:
  behavior:
    scaleDown:
      policies:
        - periodSeconds: 60
          type: Percent
          value: 50
      stabilizationWindowSeconds: 300
  maxReplicas: 6
  metrics:
    - resource:
        name: cpu
        target:
          averageUtilization: 80
          type: Utilization
      type: Resource
  minReplicas: 2
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $service.name }}
{{- end }}
{{- end }}
