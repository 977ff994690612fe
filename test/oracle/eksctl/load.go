package main

import (
	"bytes"

	"github.com/spf13/cobra"

	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/ctl/cmdutils"
	"github.com/weaveworks/eksctl/pkg/ctl/cmdutils/filter"
)

// load runs eksctl's own loader of `create cluster -f`. The config may be there beside an error.
func load(data []byte) (*api.ClusterConfig, error) {
	cmd := &cmdutils.Cmd{
		CobraCommand:      &cobra.Command{Use: "cluster"},
		ClusterConfigFile: "-",
		ClusterConfig:     api.NewClusterConfig(),
		Validate:          true,
	}
	params := &cmdutils.CreateClusterCmdParams{ConfigReader: bytes.NewReader(data)}
	err := cmdutils.NewCreateClusterLoader(cmd, filter.NewNodeGroupFilter(), api.NewNodeGroup(), params).Load()
	return cmd.ClusterConfig, err
}

// prepare does what the loader leaves undone when it stops at an error, and gives a version where eksctl asks EKS for one.
func prepare(cfg *api.ClusterConfig) {
	if cfg.VPC == nil {
		cfg.VPC = api.NewClusterVPC(cfg.IPv6Enabled())
	}
	if cfg.VPC.NAT == nil && !cfg.IPv6Enabled() {
		cfg.VPC.NAT = api.DefaultClusterNAT()
	}
	if !cfg.IsControlPlaneOnOutposts() {
		api.SetClusterEndpointAccessDefaults(cfg.VPC)
	}
	switch cfg.Metadata.Version {
	case "", "auto", "latest":
		cfg.Metadata.Version = api.DefaultVersion
	}
}
