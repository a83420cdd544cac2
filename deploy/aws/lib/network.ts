import { GatewayVpcEndpointAwsService, IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Two zones: the load balancer in public, the tasks behind a NAT gateway, the data without a way out. */
export function makeNetwork(scope: Construct): Vpc {
  return new Vpc(scope, 'Network', {
    ipAddresses: IpAddresses.cidr('10.20.0.0/16'),
    maxAzs: 2,
    // Mail and image pulls pass it; a zone that fails takes those along, and no request.
    natGateways: 1,
    subnetConfiguration: [
      { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
      { name: 'tasks', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    gatewayEndpoints: { Media: { service: GatewayVpcEndpointAwsService.S3 } },
  });
}
