import { POD_SECURITY_GROUPS } from '../../../eks/pod-security-groups';
import { parseConfigurationValues } from '../../../eksctl/rules/configuration-values';
import type { ClusterConfig } from '../../../eksctl/types';
import { title } from '../../../kube/inventory';
import { asObject } from '../../../kube/loose';
import { isAtLeast } from '../../../kube/versions';
import { networkPolicies } from '../../network/policies';
import type { Rule } from '../../rule';

/** Security groups of pods where nothing gives them. Objects of constructs are left out: they require it of their Cluster. */
export const rule: Rule = {
  id: 'compute-mode/pod-security-groups',
  title: 'the cluster of a SecurityGroupPolicy gives pods security groups',
  severity: 'warning',
  needs: 'cluster',
  why: 'The definition is in every cluster of EKS, so that the object is accepted. Where the network plugin is not told to, it does nothing: the pods keep the security groups of their node, and what the policy was to let in or keep out is not. In the mode strict, network policies do not hold for the pods.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html',
  bad: manifests(''),
  good: manifests(`, configurationValues: '{"env":{"ENABLE_POD_ENI":"true"}}'`),
  check: ({ inventory, cluster, kubernetesVersion }, report) => {
    const { group, kind, inAutoMode, mode } = POD_SECURITY_GROUPS;
    const lack = cluster && lackOf(cluster.config, kubernetesVersion);
    for (const object of lack === undefined ? [] : inventory.ofKind(kind, group)) {
      if (object.origin.construct === undefined) {
        report(object, {
          message: `${title(object)} does nothing: ${lack}`,
          fix: cluster!.config.autoModeConfig?.enabled
            ? `upgrade the cluster to ${inAutoMode} or later, or give all pods of a NodeClass security groups by podSecurityGroupSelectorTerms`
            : `write configurationValues: '{"env":{"ENABLE_POD_ENI":"true","POD_SECURITY_GROUP_ENFORCING_MODE":"standard"}}' of the add-on vpc-cni`,
          field: 'apiVersion',
        });
      }
    }
    // of a construct too: the program gives the mode
    const [policy] = cluster && isStrict(cluster.config) ? networkPolicies(inventory) : [];
    for (const object of policy ? inventory.ofKind(kind, group) : []) {
      report(object, {
        message: `${mode} of the add-on vpc-cni must be 'standard' for the pods of ${title(object)}: in the mode 'strict', the default, network policies such as ${title(policy!)} and NodeLocal DNSCache are not supported for them`,
        fix: `write "${mode}":"standard" in env of its configurationValues`,
        field: 'spec.securityGroups',
      });
    }
  },
};

/** A variable of the network plugin, in the configuration of its add-on. */
function settingOf(config: ClusterConfig, name: string): string | undefined {
  const text = config.addons?.find((addon) => addon.name === 'vpc-cni')?.configurationValues;
  const value = asObject(asObject(text === undefined ? undefined : parseConfigurationValues(text)?.values).env)[name];
  return value === undefined ? undefined : String(value);
}

/** Whether the plugin gives the groups in the mode that it has by default. */
function isStrict(config: ClusterConfig): boolean {
  const { switch: name, mode } = POD_SECURITY_GROUPS;
  const isOn = config.autoModeConfig?.enabled !== true && settingOf(config, name) === 'true';
  return isOn && settingOf(config, mode) !== 'standard';
}

/** What the cluster lacks; undefined where it has it, or where pods run on Fargate alone, which needs nothing. */
function lackOf(config: ClusterConfig, version: string): string | undefined {
  const { inAutoMode, switch: name } = POD_SECURITY_GROUPS;
  if (config.autoModeConfig?.enabled === true) {
    return isAtLeast(version, inAutoMode)
      ? undefined
      : `EKS Auto Mode has security groups of single pods from Kubernetes ${inAutoMode} on, and the cluster has ${version}`;
  }
  const isOn = settingOf(config, name) === 'true';
  const hasNodes = (config.managedNodeGroups?.length ?? 0) + (config.nodeGroups?.length ?? 0) > 0;
  return isOn || !hasNodes ? undefined : `${name} is not 'true' in the configuration of the add-on vpc-cni`;
}

function manifests(configuration: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups: [{ name: workers, instanceType: m5.large }]
addons:
  - { name: vpc-cni${configuration} }
---
apiVersion: vpcresources.k8s.aws/v1beta1
kind: SecurityGroupPolicy
metadata: { name: db, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, securityGroups: { groupIds: [sg-0123456789abcdef0] } }
`;
}
