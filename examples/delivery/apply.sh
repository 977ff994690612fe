#!/bin/sh
# Applies the manifests of a folder on the server, and waits until its workloads are rolled out:
#   sh apply.sh dist
set -eu
folder=$1

# what is committed wins over what was applied in other ways, as with Argo CD and Flux
apply() {
  kubectl apply --server-side --force-conflicts -f "$folder"
}
# a claim of a new tenant can meet its quota before that is counted
apply || {
  sleep 10
  apply
}

for kind in Deployment StatefulSet DaemonSet; do
  kubectl get -f "$folder" --output "jsonpath={range .items[?(@.kind=='$kind')]}{.metadata.namespace} {.metadata.name}{'\n'}{end}" |
    while read -r namespace name; do
      kubectl rollout status "$kind/$name" --namespace "$namespace" --timeout 15m
    done
done
