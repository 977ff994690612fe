package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	api "github.com/weaveworks/eksctl/pkg/apis/eksctl.io/v1alpha5"
	"github.com/weaveworks/eksctl/pkg/awsapi"
)

// ec2Answers are those of an account in which everything that the file names is there: its VPC and subnets, every instance
// type in every zone, every endpoint service. A question that it does not know panics, which becomes an error of the stack.
type ec2Answers struct {
	awsapi.EC2
	cfg *api.ClusterConfig
}

func (a *ec2Answers) DescribeInstanceTypeOfferings(_ context.Context, in *ec2.DescribeInstanceTypeOfferingsInput, _ ...func(*ec2.Options)) (*ec2.DescribeInstanceTypeOfferingsOutput, error) {
	out := &ec2.DescribeInstanceTypeOfferingsOutput{}
	for _, zone := range valuesOf(in.Filters, "location") {
		for _, instance := range valuesOf(in.Filters, "instance-type") {
			out.InstanceTypeOfferings = append(out.InstanceTypeOfferings, types.InstanceTypeOffering{
				Location:     aws.String(zone),
				InstanceType: types.InstanceType(instance),
			})
		}
	}
	return out, nil
}

// DescribeInstanceTypes is asked for the network cards of groups with EFA; it says one, whatever the type.
func (a *ec2Answers) DescribeInstanceTypes(_ context.Context, in *ec2.DescribeInstanceTypesInput, _ ...func(*ec2.Options)) (*ec2.DescribeInstanceTypesOutput, error) {
	out := &ec2.DescribeInstanceTypesOutput{}
	for _, instance := range in.InstanceTypes {
		out.InstanceTypes = append(out.InstanceTypes, types.InstanceTypeInfo{
			InstanceType: instance,
			NetworkInfo:  &types.NetworkInfo{EfaSupported: aws.Bool(true), MaximumNetworkCards: aws.Int32(1)},
		})
	}
	return out, nil
}

func (a *ec2Answers) DescribeAvailabilityZones(context.Context, *ec2.DescribeAvailabilityZonesInput, ...func(*ec2.Options)) (*ec2.DescribeAvailabilityZonesOutput, error) {
	out := &ec2.DescribeAvailabilityZonesOutput{}
	add := func(kind string, zones []string) {
		for _, zone := range zones {
			out.AvailabilityZones = append(out.AvailabilityZones, types.AvailabilityZone{ZoneName: aws.String(zone), ZoneType: aws.String(kind)})
		}
	}
	add("availability-zone", a.cfg.AvailabilityZones)
	add("local-zone", a.cfg.LocalZones)
	return out, nil
}

// DescribeLaunchTemplateVersions knows every launch template, with an instance type and nothing else.
func (a *ec2Answers) DescribeLaunchTemplateVersions(_ context.Context, in *ec2.DescribeLaunchTemplateVersionsInput, _ ...func(*ec2.Options)) (*ec2.DescribeLaunchTemplateVersionsOutput, error) {
	return &ec2.DescribeLaunchTemplateVersionsOutput{LaunchTemplateVersions: []types.LaunchTemplateVersion{{
		LaunchTemplateId:   in.LaunchTemplateId,
		LaunchTemplateData: &types.ResponseLaunchTemplateData{InstanceType: types.InstanceTypeM5Large},
	}}}, nil
}

func (a *ec2Answers) DescribeVpcs(_ context.Context, in *ec2.DescribeVpcsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcsOutput, error) {
	out := &ec2.DescribeVpcsOutput{}
	for _, id := range in.VpcIds {
		out.Vpcs = append(out.Vpcs, types.Vpc{VpcId: aws.String(id), Ipv6CidrBlockAssociationSet: []types.VpcIpv6CidrBlockAssociation{{}}})
	}
	return out, nil
}

func (a *ec2Answers) DescribeSubnets(_ context.Context, in *ec2.DescribeSubnetsInput, _ ...func(*ec2.Options)) (*ec2.DescribeSubnetsOutput, error) {
	out := &ec2.DescribeSubnetsOutput{}
	for _, id := range in.SubnetIds {
		out.Subnets = append(out.Subnets, types.Subnet{
			SubnetId:         aws.String(id),
			VpcId:            aws.String(a.cfg.VPC.ID),
			AvailabilityZone: aws.String(a.cfg.AvailabilityZones[0]),
		})
	}
	return out, nil
}

func (a *ec2Answers) DescribeRouteTables(_ context.Context, in *ec2.DescribeRouteTablesInput, _ ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error) {
	out := &ec2.DescribeRouteTablesOutput{}
	for _, id := range valuesOf(in.Filters, "association.subnet-id") {
		out.RouteTables = append(out.RouteTables, types.RouteTable{
			RouteTableId: aws.String("rtb-" + id),
			Associations: []types.RouteTableAssociation{{SubnetId: aws.String(id)}},
		})
	}
	return out, nil
}

func (a *ec2Answers) DescribeVpcEndpointServices(_ context.Context, in *ec2.DescribeVpcEndpointServicesInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	out := &ec2.DescribeVpcEndpointServicesOutput{}
	for _, name := range in.ServiceNames {
		for _, kind := range []types.ServiceType{types.ServiceTypeInterface, types.ServiceTypeGateway} {
			out.ServiceDetails = append(out.ServiceDetails, types.ServiceDetail{
				ServiceName:       aws.String(name),
				ServiceType:       []types.ServiceTypeDetail{{ServiceType: kind}},
				AvailabilityZones: a.cfg.AvailabilityZones,
			})
		}
	}
	return out, nil
}

func valuesOf(filters []types.Filter, name string) []string {
	for _, given := range filters {
		if aws.ToString(given.Name) == name {
			return given.Values
		}
	}
	return nil
}
