package main

import (
	"context"
	"fmt"

	ekstypes "github.com/aws/aws-sdk-go-v2/service/eks/types"

	"github.com/weaveworks/eksctl/pkg/actions/accessentry"
	"github.com/weaveworks/eksctl/pkg/actions/capability"
	"github.com/weaveworks/eksctl/pkg/actions/podidentityassociation"
	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/cfn/builder"
	"github.com/weaveworks/eksctl/pkg/cfn/manager"
	iamoidc "github.com/weaveworks/eksctl/pkg/iam/oidc"
	"github.com/weaveworks/eksctl/pkg/nodebootstrap"
	"github.com/weaveworks/eksctl/pkg/vpc"
)

// Where eksctl's function for the name of a stack is its own, its pattern is written down here again.

func (t *Templates) access(cfg *api.ClusterConfig) {
	if cfg.AccessConfig == nil {
		return
	}
	for i, entry := range cfg.AccessConfig.AccessEntries {
		t.add(fmt.Sprintf("accessConfig.accessEntries[%d]", i), accessentry.MakeStackName(cfg.Metadata.Name, entry), func() (resources, error) {
			set := builder.NewAccessEntryResourceSet(cfg.Metadata.Name, entry)
			return set, set.AddAllResources()
		})
	}
}

func (t *Templates) nodes(ctx context.Context, cfg *api.ClusterConfig, answers *ec2Answers, importer vpc.Importer) {
	stack := func(group string) string { return fmt.Sprintf("eksctl-%s-nodegroup-%s", cfg.Metadata.Name, group) }
	noEntries := cfg.AccessConfig != nil && cfg.AccessConfig.AuthenticationMode == ekstypes.AuthenticationModeConfigMap
	for i, group := range cfg.NodeGroups {
		t.add(fmt.Sprintf("nodeGroups[%d]", i), stack(group.Name), func() (resources, error) {
			bootstrapper, err := nodebootstrap.NewBootstrapper(cfg, group)
			if err != nil {
				return nil, err
			}
			set := builder.NewNodeGroupResourceSet(answers, nil, builder.NodeGroupOptions{
				ClusterConfig:              cfg,
				NodeGroup:                  group,
				Bootstrapper:               bootstrapper,
				VPCImporter:                importer,
				DisableAccessEntry:         noEntries,
				DisableAccessEntryResource: group.IAM.InstanceRoleARN != "",
			})
			return set, set.AddAllResources(ctx)
		})
	}
	for i, group := range cfg.ManagedNodeGroups {
		t.add(fmt.Sprintf("managedNodeGroups[%d]", i), stack(group.Name), func() (resources, error) {
			bootstrapper, err := nodebootstrap.NewManagedBootstrapper(cfg, group)
			if err != nil {
				return nil, err
			}
			set := builder.NewManagedNodeGroup(answers, cfg, group, builder.NewLaunchTemplateFetcher(answers), bootstrapper, false, importer)
			return set, set.AddAllResources(ctx)
		})
	}
}

// roles are those of pods, add-ons and capabilities. Which policies an add-on without any is given is an answer of EKS, so
// such an add-on has no stack here.
func (t *Templates) roles(cfg *api.ClusterConfig) {
	cluster := cfg.Metadata.Name
	for i := range cfg.IAM.PodIdentityAssociations {
		pods := &cfg.IAM.PodIdentityAssociations[i]
		if pods.RoleARN == "" {
			t.role(fmt.Sprintf("iam.podIdentityAssociations[%d]", i),
				podidentityassociation.MakeStackName(cluster, pods.Namespace, pods.ServiceAccountName),
				func() *builder.IAMRoleResourceSet { return builder.NewIAMRoleResourceSetForPodIdentity(pods) })
		}
	}
	provider := providerOf(cfg)
	for i, account := range cfg.IAM.ServiceAccounts {
		if account.AttachRoleARN == "" {
			t.role(fmt.Sprintf("iam.serviceAccounts[%d]", i),
				fmt.Sprintf("eksctl-%s-addon-iamserviceaccount-%s-%s", cluster, account.Namespace, account.Name),
				func() *builder.IAMRoleResourceSet {
					return builder.NewIAMRoleResourceSetForServiceAccount(account, provider)
				})
		}
	}
	for i, addon := range cfg.Addons {
		t.addonRoles(fmt.Sprintf("addons[%d]", i), cluster, addon, provider)
	}
	for i := range cfg.Capabilities {
		wanted, of := &cfg.Capabilities[i], fmt.Sprintf("capabilities[%d]", i)
		if wanted.RoleARN == "" {
			t.role(of+".role", capability.MakeIAMRoleStackName(cluster, wanted),
				func() *builder.IAMRoleResourceSet { return builder.NewIAMRoleResourceSetForCapability(wanted) })
		}
		t.add(of, capability.MakeStackName(cluster, *wanted), func() (resources, error) {
			set := builder.NewCapabilityResourceSet(cluster, *wanted)
			return set, set.AddAllResources()
		})
	}
	if cfg.Karpenter != nil {
		t.add("karpenter", fmt.Sprintf("eksctl-%s-karpenter", cluster), func() (resources, error) {
			set := builder.NewKarpenterResourceSet(cfg, fmt.Sprintf("eksctl-KarpenterNodeInstanceProfile-%s", cluster))
			return set, set.AddAllResources()
		})
	}
}

func (t *Templates) addonRoles(of, cluster string, addon *api.Addon, provider *iamoidc.OpenIDConnectManager) {
	switch name := manager.MakeAddonStackName(cluster, addon.Name); {
	case addon.HasPodIDsSet():
		for i := range *addon.PodIdentityAssociations {
			pods := &(*addon.PodIdentityAssociations)[i]
			if pods.RoleARN == "" {
				t.role(fmt.Sprintf("%s.podIdentityAssociations[%d]", of, i),
					podidentityassociation.MakeAddonPodIdentityStackName(cluster, addon.Name, pods.ServiceAccountName),
					func() *builder.IAMRoleResourceSet { return builder.NewIAMRoleResourceSetForPodIdentity(pods) })
			}
		}
	case addon.ServiceAccountRoleARN != "" || provider == nil:
	case len(addon.AttachPolicyARNs) > 0:
		t.role(of, name, func() *builder.IAMRoleResourceSet {
			return builder.NewIAMRoleResourceSetWithAttachPolicyARNs(addon.Name, "", "", addon.PermissionsBoundary, addon.AttachPolicyARNs, provider)
		})
	case addon.WellKnownPolicies.HasPolicy():
		t.role(of, name, func() *builder.IAMRoleResourceSet {
			return builder.NewIAMRoleResourceSetWithWellKnownPolicies(addon.Name, "", "", addon.PermissionsBoundary, addon.WellKnownPolicies, provider)
		})
	case addon.AttachPolicy != nil:
		t.role(of, name, func() *builder.IAMRoleResourceSet {
			return builder.NewIAMRoleResourceSetWithAttachPolicy(addon.Name, "", "", addon.PermissionsBoundary, addon.AttachPolicy, provider)
		})
	}
}

func (t *Templates) role(of, name string, make func() *builder.IAMRoleResourceSet) {
	t.add(of, name, func() (resources, error) {
		set := make()
		return set, set.AddAllResources()
	})
}

// providerOf is the cluster's OIDC provider, if the file asks for one.
func providerOf(cfg *api.ClusterConfig) *iamoidc.OpenIDConnectManager {
	if !api.IsEnabled(cfg.IAM.WithOIDC) {
		return nil
	}
	issuer := fmt.Sprintf("https://oidc.eks.%s.amazonaws.com/id/EXAMPLE", cfg.Metadata.Region)
	provider, err := iamoidc.NewOpenIDConnectManager(nil, account, issuer, api.Partitions.ForRegion(cfg.Metadata.Region), nil)
	if err != nil {
		return nil
	}
	provider.ProviderARN = fmt.Sprintf("arn:aws:iam::%s:oidc-provider/oidc.eks.%s.amazonaws.com/id/EXAMPLE", account, cfg.Metadata.Region)
	return provider
}
