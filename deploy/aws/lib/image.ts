import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { fileURLToPath } from 'node:url';

/** The project's folder, as seen from `dist/lib/`. */
const PROJECT = fileURLToPath(new URL('../../../../', import.meta.url));

/** The image of a registry, or the one that Docker builds here and pushes to the account's own. */
export function imageOf(registryName: string | undefined): ContainerImage {
  if (registryName !== undefined) return ContainerImage.fromRegistry(registryName);
  // Whatever machine builds it, the tasks run on this one.
  return ContainerImage.fromAsset(PROJECT, { platform: Platform.LINUX_AMD64 });
}
