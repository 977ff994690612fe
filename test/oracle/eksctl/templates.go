package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/kris-nova/logger"
	"k8s.io/apimachinery/pkg/util/sets"

	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/cfn/builder"
	"github.com/weaveworks/eksctl/pkg/cfn/manager"
	"github.com/weaveworks/eksctl/pkg/vpc"
)

// Stack is one CloudFormation stack that eksctl makes for a file, in the order of creation.
type Stack struct {
	// Name of the stack in the account.
	Name string `json:"name"`
	// Of is the entry of the file that it is made for: "cluster", "managedNodeGroups[0]", "iam.podIdentityAssociations[2]".
	Of       string          `json:"of"`
	Template json.RawMessage `json:"template"`
}

// Templates is what is printed for a file.
type Templates struct {
	File   string  `json:"file"`
	Stacks []Stack `json:"stacks"`
	// Errors are entries that eksctl's builder refuses, or for which it asks AWS what this program does not know.
	Errors []Finding `json:"errors"`
}

// resources is what eksctl's builders have in common.
type resources interface{ RenderJSON() ([]byte, error) }

const account = "111122223333"

func templates(file string, data []byte) Templates {
	t := Templates{File: file, Stacks: []Stack{}, Errors: []Finding{}}
	logger.Writer = &bytes.Buffer{}
	if err := guarded(func() error { return t.build(data) }); err != nil {
		t.Errors = append(t.Errors, Finding{"file", err.Error()})
	}
	return t
}

func (t *Templates) build(data []byte) error {
	cfg, err := load(data)
	if err != nil {
		return err
	}
	if cfg.Metadata == nil || cfg.Metadata.Name == "" || cfg.Metadata.Region == "" || hasNullGroup(cfg) {
		return errors.New("no name, region or group")
	}
	prepare(cfg)
	api.SetClusterConfigDefaults(cfg)
	if err := complete(cfg); err != nil {
		return err
	}
	name := (&manager.StackCollection{}).MakeClusterStackNameFromName(cfg.Metadata.Name)
	ctx, answers := context.Background(), &ec2Answers{cfg: cfg}
	t.add("cluster", name, func() (resources, error) {
		set := builder.NewClusterResourceSet(answers, nil, cfg.Metadata.Region, cfg, nil, false)
		return set, set.AddAllResources(ctx)
	})
	created(cfg)
	t.access(cfg)
	t.nodes(ctx, cfg, answers, vpc.NewStackConfigImporter(name))
	t.roles(cfg)
	return nil
}

// add builds one stack, and notes an error instead where the builder gives one.
func (t *Templates) add(of, name string, make func() (resources, error)) {
	err := guarded(func() error {
		set, err := make()
		if err != nil {
			return err
		}
		template, err := set.RenderJSON()
		if err == nil {
			t.Stacks = append(t.Stacks, Stack{name, of, template})
		}
		return err
	})
	if err != nil {
		t.Errors = append(t.Errors, Finding{of, err.Error()})
	}
}

// complete gives what eksctl finds out between reading a file and its first stack: zones, subnets, an account.
func complete(cfg *api.ClusterConfig) error {
	if cfg.Metadata.AccountID == "" {
		cfg.Metadata.AccountID = account
	}
	outposts := cfg.IsControlPlaneOnOutposts()
	for _, group := range cfg.NodeGroups {
		if err := api.SetNodeGroupDefaults(group, cfg.Metadata, outposts); err != nil {
			return err
		}
		if !api.IsAMI(group.AMI) {
			group.AMI = "ami-0123456789abcdef0"
		}
	}
	for _, group := range cfg.ManagedNodeGroups {
		if err := api.SetManagedNodeGroupDefaults(group, cfg.Metadata, outposts); err != nil {
			return err
		}
	}
	if cfg.HasAnySubnets() {
		cfg.AvailabilityZones = zonesOfSubnets(cfg)
		return nil
	}
	cfg.AvailabilityZones = zonesOf(cfg)
	return vpc.SetSubnets(cfg.VPC, cfg.AvailabilityZones, cfg.LocalZones)
}

// zonesOfSubnets gives each subnet of the file a zone, as EC2 would, and lists them.
func zonesOfSubnets(cfg *api.ClusterConfig) []string {
	zones := sets.New[string]()
	for _, mapping := range []api.AZSubnetMapping{cfg.VPC.Subnets.Private, cfg.VPC.Subnets.Public} {
		for key, subnet := range mapping {
			if subnet.AZ == "" {
				subnet.AZ = cfg.Metadata.Region + "a"
				if strings.HasPrefix(key, cfg.Metadata.Region) {
					subnet.AZ = key
				}
				mapping[key] = subnet
			}
			zones.Insert(subnet.AZ)
		}
	}
	return sets.List(zones)
}

// created gives what eksctl reads of the cluster once its stack is there.
func created(cfg *api.ClusterConfig) {
	for kind, subnets := range map[string]*api.ClusterSubnets{"": cfg.VPC.Subnets, "local-": cfg.VPC.LocalZoneSubnets} {
		if subnets == nil {
			continue
		}
		for topology, mapping := range map[string]api.AZSubnetMapping{"private": subnets.Private, "public": subnets.Public} {
			for key, subnet := range mapping {
				if subnet.ID == "" {
					subnet.ID = fmt.Sprintf("subnet-%s%s-%s", kind, topology, key)
					mapping[key] = subnet
				}
			}
		}
	}
	network := &api.KubernetesNetworkConfig{IPFamily: api.IPV4Family, ServiceIPv4CIDR: "10.100.0.0/16"}
	if given := cfg.KubernetesNetworkConfig; given != nil && given.ServiceIPv4CIDR != "" {
		network.ServiceIPv4CIDR = given.ServiceIPv4CIDR
	}
	if cfg.IPv6Enabled() {
		network = &api.KubernetesNetworkConfig{IPFamily: api.IPV6Family, ServiceIPv6CIDR: "fd00:ec2::/108"}
	}
	cfg.Status = &api.ClusterStatus{
		Endpoint:                 "https://example.eks.amazonaws.com",
		CertificateAuthorityData: []byte("certificate"),
		ARN:                      fmt.Sprintf("arn:aws:eks:%s:%s:cluster/%s", cfg.Metadata.Region, account, cfg.Metadata.Name),
		KubernetesNetworkConfig:  network,
	}
}
