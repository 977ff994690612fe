/**
 * Facts of the instance types that node groups commonly have; others are told with `InstanceType.custom`. Of 2026-08-21: vCPU,
 * memory and GPUs from aws/karpenter-provider-aws (1d92708), interfaces and addresses from awslabs/amazon-eks-ami (v20260724),
 * attachments from kubernetes-sigs/aws-ebs-csi-driver (v1.64.0).
 *
 * A line: type, vCPU, memory in MiB, network interfaces, IPv4 addresses of an interface, attachments ('s': volumes share them
 * with network interfaces; 'd': for volumes alone), NVIDIA GPUs.
 */
export const INSTANCE_DATA = `
# Burstable
t3.small 2 2048 3 4 27s
t3.medium 2 4096 3 6 27s
t3.large 2 8192 3 12 27s
t3.xlarge 4 16384 4 15 27s
t3.2xlarge 8 32768 4 15 27s
t3a.medium 2 4096 3 6 27s
t3a.large 2 8192 3 12 27s
t3a.xlarge 4 16384 4 15 27s
t3a.2xlarge 8 32768 4 15 27s
t4g.small 2 2048 3 4 27s
t4g.medium 2 4096 3 6 27s
t4g.large 2 8192 3 12 27s
t4g.xlarge 4 16384 4 15 27s
t4g.2xlarge 8 32768 4 15 27s
# General purpose
m5.large 2 8192 3 10 27s
m5.xlarge 4 16384 4 15 27s
m5.2xlarge 8 32768 4 15 27s
m5.4xlarge 16 65536 8 30 27s
m5.8xlarge 32 131072 8 30 27s
m5.12xlarge 48 196608 8 30 27s
m5.16xlarge 64 262144 15 50 27s
m5.24xlarge 96 393216 15 50 27s
m5a.large 2 8192 3 10 27s
m5a.xlarge 4 16384 4 15 27s
m5a.2xlarge 8 32768 4 15 27s
m5a.4xlarge 16 65536 8 30 27s
m6i.large 2 8192 3 10 27s
m6i.xlarge 4 16384 4 15 27s
m6i.2xlarge 8 32768 4 15 27s
m6i.4xlarge 16 65536 8 30 27s
m6i.8xlarge 32 131072 8 30 27s
m6i.16xlarge 64 262144 15 50 27s
m6a.large 2 8192 3 10 27s
m6a.xlarge 4 16384 4 15 27s
m6a.2xlarge 8 32768 4 15 27s
m6a.4xlarge 16 65536 8 30 27s
m7i.large 2 8192 3 10 32d
m7i.xlarge 4 16384 4 15 32d
m7i.2xlarge 8 32768 4 15 32d
m7i.4xlarge 16 65536 8 30 32d
m7i.8xlarge 32 131072 8 30 32d
m7i-flex.large 2 8192 3 10 32d
m7i-flex.xlarge 4 16384 4 15 32d
m7i-flex.2xlarge 8 32768 4 15 32d
m7i-flex.4xlarge 16 65536 8 30 32d
m7a.medium 1 4096 2 4 32d
m7a.large 2 8192 3 10 32d
m7a.xlarge 4 16384 4 15 32d
m7a.2xlarge 8 32768 4 15 32d
m8i.large 2 8192 3 20 32d
m8i.xlarge 4 16384 4 30 32d
m8i.2xlarge 8 32768 4 30 32d
m6g.large 2 8192 3 10 27s
m6g.xlarge 4 16384 4 15 27s
m6g.2xlarge 8 32768 4 15 27s
m6g.4xlarge 16 65536 8 30 27s
m7g.medium 1 4096 2 4 27s
m7g.large 2 8192 3 10 27s
m7g.xlarge 4 16384 4 15 27s
m7g.2xlarge 8 32768 4 15 27s
m7g.4xlarge 16 65536 8 30 27s
m7g.8xlarge 32 131072 8 30 27s
m8g.medium 1 4096 2 4 32d
m8g.large 2 8192 3 10 32d
m8g.xlarge 4 16384 4 15 32d
m8g.2xlarge 8 32768 4 15 32d
m8g.4xlarge 16 65536 8 30 32d
# Compute
c5.large 2 4096 3 10 27s
c5.xlarge 4 8192 4 15 27s
c5.2xlarge 8 16384 4 15 27s
c5.4xlarge 16 32768 8 30 27s
c5.9xlarge 36 73728 8 30 27s
c6i.large 2 4096 3 10 27s
c6i.xlarge 4 8192 4 15 27s
c6i.2xlarge 8 16384 4 15 27s
c6i.4xlarge 16 32768 8 30 27s
c7i.large 2 4096 3 10 32d
c7i.xlarge 4 8192 4 15 32d
c7i.2xlarge 8 16384 4 15 32d
c7i.4xlarge 16 32768 8 30 32d
c7i.8xlarge 32 65536 8 30 32d
c6g.large 2 4096 3 10 27s
c6g.xlarge 4 8192 4 15 27s
c6g.2xlarge 8 16384 4 15 27s
c6g.4xlarge 16 32768 8 30 27s
c7g.large 2 4096 3 10 27s
c7g.xlarge 4 8192 4 15 27s
c7g.2xlarge 8 16384 4 15 27s
c7g.4xlarge 16 32768 8 30 27s
c7g.8xlarge 32 65536 8 30 27s
c8g.large 2 4096 3 10 32d
c8g.xlarge 4 8192 4 15 32d
c8g.2xlarge 8 16384 4 15 32d
c8g.4xlarge 16 32768 8 30 32d
# Memory
r5.large 2 16384 3 10 27s
r5.xlarge 4 32768 4 15 27s
r5.2xlarge 8 65536 4 15 27s
r5.4xlarge 16 131072 8 30 27s
r6i.large 2 16384 3 10 27s
r6i.xlarge 4 32768 4 15 27s
r6i.2xlarge 8 65536 4 15 27s
r6i.4xlarge 16 131072 8 30 27s
r7i.large 2 16384 3 10 32d
r7i.xlarge 4 32768 4 15 32d
r7i.2xlarge 8 65536 4 15 32d
r7i.4xlarge 16 131072 8 30 32d
r6g.large 2 16384 3 10 27s
r6g.xlarge 4 32768 4 15 27s
r6g.2xlarge 8 65536 4 15 27s
r7g.large 2 16384 3 10 27s
r7g.xlarge 4 32768 4 15 27s
r7g.2xlarge 8 65536 4 15 27s
r7g.4xlarge 16 131072 8 30 27s
r8g.large 2 16384 3 10 32d
r8g.xlarge 4 32768 4 15 32d
r8g.2xlarge 8 65536 4 15 32d
# Local disks
i4i.large 2 16384 3 10 26s
i4i.xlarge 4 32768 4 15 26s
i4i.2xlarge 8 65536 4 15 26s
im4gn.large 2 8192 3 10 26s
im4gn.xlarge 4 16384 4 15 26s
# NVIDIA GPUs
g4dn.xlarge 4 16384 3 10 25s 1
g4dn.2xlarge 8 32768 3 10 25s 1
g4dn.12xlarge 48 196608 8 30 22s 4
g5.xlarge 4 16384 4 15 25s 1
g5.2xlarge 8 32768 4 15 25s 1
g5.4xlarge 16 65536 8 30 25s 1
g5.12xlarge 48 196608 15 50 22s 4
g5g.xlarge 4 8192 4 15 26s 1
g6.xlarge 4 16384 4 15 32d 1
g6.2xlarge 8 32768 4 15 32d 1
g6.12xlarge 48 196608 8 30 32d 4
g6e.xlarge 4 32768 4 15 32d 1
g6e.2xlarge 8 65536 4 15 32d 1
p4d.24xlarge 96 1179648 15 50 28d 8
p5.48xlarge 192 2097152 2 50 64d 8
`;
