package main

import (
	"errors"
	"fmt"

	"github.com/weaveworks/eksctl/pkg/accessentry"
	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/eks"
)

// steps goes through what `eksctl create cluster -f` asks of a file, in its order, without the questions to AWS.
func steps(v *Verdict, data []byte) {
	var cfg *api.ClusterConfig
	if !v.must("decode", func() (err error) { cfg, err = eks.ParseConfig(data); return }) {
		return
	}
	v.must("loader", func() error {
		loaded, err := load(data)
		if loaded != nil {
			cfg = loaded
		}
		return err
	})
	if cfg.Metadata == nil || cfg.Metadata.Name == "" || cfg.Metadata.Region == "" || hasNullGroup(cfg) {
		return
	}
	prepare(cfg)
	v.must("defaults", func() error { api.SetClusterConfigDefaults(cfg); return nil })
	v.must("cluster", func() error { return api.ValidateClusterConfig(cfg) })
	nodeGroups(v, cfg)
	v.must("create.region", func() error { return regionIsKnown(cfg.Metadata.Region) })
	v.must("create.name", func() error { return nameIsValid(cfg.Metadata.Name) })
	v.must("create.access", func() error { return accessentry.ValidateAPIServerAccess(cfg) })
	v.must("create.outposts", func() error { return groupsAreNotAlone(cfg) })
	v.must("create.subnets", func() error { return subnetsFit(cfg) })
	neverAsked(v, cfg)
}

// hasNullGroup: the loader has refused it, and what follows cannot read it.
func hasNullGroup(cfg *api.ClusterConfig) bool {
	for _, group := range cfg.NodeGroups {
		if group == nil {
			return true
		}
	}
	for _, group := range cfg.ManagedNodeGroups {
		if group == nil {
			return true
		}
	}
	return false
}

// nodeGroups asks for each group in eksctl's order: self-managed groups are checked and then completed, managed ones
// completed and then checked.
func nodeGroups(v *Verdict, cfg *api.ClusterConfig) {
	outposts := cfg.IsControlPlaneOnOutposts()
	for i, group := range cfg.NodeGroups {
		path := fmt.Sprintf("nodeGroups[%d]", i)
		v.must(path, func() error { return api.ValidateNodeGroup(i, group, cfg) })
		v.must(path+".defaults", func() error { return api.SetNodeGroupDefaults(group, cfg.Metadata, outposts) })
	}
	for i, group := range cfg.ManagedNodeGroups {
		path := fmt.Sprintf("managedNodeGroups[%d]", i)
		v.must(path+".defaults", func() error { return api.SetManagedNodeGroupDefaults(group, cfg.Metadata, outposts) })
		v.must(path, func() error { return api.ValidateManagedNodeGroup(i, group) })
	}
}

// neverAsked are eksctl's own checks of sections that creating a cluster takes as they are.
func neverAsked(v *Verdict, cfg *api.ClusterConfig) {
	for i, profile := range cfg.FargateProfiles {
		v.also(fmt.Sprintf("fargateProfiles[%d]", i), func() error {
			if profile == nil {
				return errors.New("null")
			}
			return profile.Validate()
		})
	}
	for i := range cfg.Capabilities {
		v.also(fmt.Sprintf("capabilities[%d]", i), func() error { return cfg.Capabilities[i].Validate() })
	}
}
