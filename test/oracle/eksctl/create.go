package main

import (
	"errors"
	"fmt"
	"slices"

	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/vpc"
)

// These checks need no answer from AWS, though eksctl comes to them after its first questions. Where they are no function
// of its own, its conditions are written down here again.

func regionIsKnown(region string) error {
	if !slices.Contains(api.SupportedRegions(), region) {
		return fmt.Errorf("region %q is not supported", region)
	}
	return nil
}

func nameIsValid(name string) error {
	if api.IsInvalidNameArg(name) {
		return api.ErrInvalidName(name)
	}
	return nil
}

// groupsAreNotAlone: node groups and control plane are on Outposts together, in a VPC that is there already.
func groupsAreNotAlone(cfg *api.ClusterConfig) error {
	if cfg.IsControlPlaneOnOutposts() {
		if !cfg.HasAnySubnets() && len(cfg.NodeGroups)+len(cfg.ManagedNodeGroups) > 0 {
			return errors.New("node groups on Outposts need a VPC of their own")
		}
		return nil
	}
	if _, found := cfg.FindNodeGroupOutpostARN(); found {
		return errors.New("a node group is on Outposts and the control plane is not")
	}
	return nil
}

// subnetsFit cuts the subnets of a VPC that eksctl makes.
func subnetsFit(cfg *api.ClusterConfig) error {
	if cfg.HasAnySubnets() {
		return nil
	}
	return vpc.SetSubnets(cfg.VPC.DeepCopy(), zonesOf(cfg), cfg.LocalZones)
}

// zonesOf are those of the file. Where it names none, they are as many as AWS would answer: three, or the one of the Outpost.
func zonesOf(cfg *api.ClusterConfig) []string {
	switch region := cfg.Metadata.Region; {
	case cfg.IsControlPlaneOnOutposts():
		return []string{region + "a"}
	case len(cfg.AvailabilityZones) == 0:
		return []string{region + "a", region + "b", region + "c"}
	}
	return cfg.AvailabilityZones
}
