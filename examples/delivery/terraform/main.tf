# Takes the facts of the cluster from the committed ClusterConfig, and applies the committed manifests.

terraform {
  required_version = ">= 1.4"
}

variable "dist" {
  description = "The folder of the committed output."
  type        = string
  default     = "../dist"
}

variable "cluster" {
  description = "The name of the cluster in the program."
  type        = string
  default     = "prod"
}

locals {
  config = yamldecode(file("${var.dist}/cluster/${var.cluster}.yaml"))
  # not those in subfolders: the ClusterConfig is for eksctl
  manifests = fileset(var.dist, "*.k8s.yaml")
}

resource "terraform_data" "manifests" {
  # applies again when a file changes
  triggers_replace = { for name in local.manifests : name => filesha256("${var.dist}/${name}") }

  provisioner "local-exec" {
    command = "kubectl apply --server-side --force-conflicts --field-manager=terraform -f ${var.dist}"
  }
}

output "cluster" {
  description = "What other modules need to know of the cluster."
  value = {
    name    = local.config.metadata.name
    region  = local.config.metadata.region
    version = local.config.metadata.version
  }
}
